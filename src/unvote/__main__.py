"""`python -m unvote` is `unvote`."""

from unvote.cli import main

main()
