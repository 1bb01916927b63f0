"""Vote tallies of the United Nations: the count, the rule of the day, the verdict, the article."""

__version__ = "0.1.0"
