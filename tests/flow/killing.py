"""Kill a run of the chain again and again: `python -m tests.flow.killing POINTS STEP WORD…`.

The code is read once; each run is a process of its own that opens everything anew from disk,
goes on from the last, and ends like in a power cut after STEP commits. Prints each one's end.
"""

from __future__ import annotations

import os
import signal
import sys

from samverkan.cli import samverkan
from samverkan.embedded import headless

__all__ = ["headless"]
"""Imported here, so that no run has to."""


def main(points: int, step: int, words: list[str]) -> None:
    """So many runs, one after the other."""
    for _ in range(points):
        child = os.fork()
        if child == 0:
            samverkan([*words, "--halt-after", str(step)], standalone_mode=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        signaled = os.WIFSIGNALED(status)
        end = signal.Signals(os.WTERMSIG(status)).name if signaled else str(os.WEXITSTATUS(status))
        print(end, flush=True)  # noqa: T201  its only answer


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
