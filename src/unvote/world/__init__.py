"""What is known before a file is read: the members, their names and the bodies, shipped or own."""
