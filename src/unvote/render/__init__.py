"""Results, problems and look-ups as text: for a terminal, as JSON, CSV or Markdown."""
