"""`python -m samverkan`: the command."""

from samverkan.cli import main

main()
