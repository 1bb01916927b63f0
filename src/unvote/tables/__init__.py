"""Reading tables of votes: bytes to roll calls, every row accounted for."""
