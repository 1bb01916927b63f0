"""What the program costs, measured against what a user would pick instead: `make bench`."""
