"""A clock for the example of a host."""

from __future__ import annotations

import time


class JumpingClock:
    """What the example has of `time`, but that no sleep takes any."""

    ahead_ns = 0

    def time_ns(self) -> int:
        return time.time_ns() + self.ahead_ns

    def monotonic_ns(self) -> int:
        return time.monotonic_ns() + self.ahead_ns

    def sleep(self, seconds: float) -> None:
        self.ahead_ns += int(seconds * 1_000_000_000)
