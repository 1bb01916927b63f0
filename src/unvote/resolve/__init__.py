"""From documents to the values the engine decides on: names, dates, rules and votes resolved."""
