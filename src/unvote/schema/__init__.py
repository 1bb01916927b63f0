"""JSON Schema of every kind of document, for editors and other validators."""
