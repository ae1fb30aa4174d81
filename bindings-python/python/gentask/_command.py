"""The `gentask` command: the same program as the native one."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command with the program's own arguments, and leave with its exit code."""
    from gentask import _native

    # The command hears interrupts itself, where something depends on them; elsewhere one ends it, as any program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.command(["gentask", *sys.argv[1:]]))
