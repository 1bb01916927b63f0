"""Reading YAML as text with the place of every value; the shipped data files."""
