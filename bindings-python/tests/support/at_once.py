"""Doing something many times at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """Do it on so many threads, which begin together; return what each brought, in their order."""
    start = threading.Barrier(count)

    def one(number: int) -> T:
        start.wait(60)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
