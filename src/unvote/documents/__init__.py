"""The shapes of the files, as pydantic models over text data."""
