"""`python -m gentask` is the `gentask` command."""

from gentask._command import main

main()
