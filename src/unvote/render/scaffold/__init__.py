"""New files to start from, each line with a remark in plain words, as text."""
