"""A bar that follows a task, in a terminal or a notebook (`pip install 'gentask[progress]'`).

>>> task.wait(progress=True)

or by hand, beside whatever else follows the task:

>>> with ProgressBar(task.model) as bar:
...     for reply in task.updates():
...         bar(reply)

`client.submit_many(jobs, progress=True)` shows a `BatchBar`: how many jobs are done, of how many, and how many failed.

A task's bar shows the model, the status and the time, and how far the task is where the provider tells. Where the output is neither a
terminal nor a notebook, such as a job's log, it writes one line at the end. What else tqdm can do is set by its environment variables:
`TQDM_DISABLE=1` hides every bar.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, TextIO

    from typing_extensions import Self

    from gentask._native import Reply
    from gentask.many import Ordered

__all__ = ["BatchBar", "ProgressBar"]

_TICK_S = 1.0
_FULL = 100
_LONGEST_NAME = 60

_WITHOUT_TOTAL = "{desc} {elapsed}"
_WITH_TOTAL = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"


def bar_of(model: str) -> contextlib.AbstractContextManager[ProgressBar | None]:
    """Return a bar; where there can be none, log a warning: the task is paid for, and a wait must not fail for its bar."""
    try:
        return ProgressBar(model)
    except ImportError as missing:
        logging.getLogger("gentask").warning("%s; the task is waited for without one", missing)
        return contextlib.nullcontext()


def batch_bar(total: int | None) -> contextlib.AbstractContextManager[BatchBar | None]:
    """Return the bar of a batch, or where there can be none, log a warning."""
    try:
        return BatchBar(total)
    except ImportError as missing:
        logging.getLogger("gentask").warning("%s; the jobs go on without one", missing)
        return contextlib.nullcontext()


class _Bar:
    """What is drawn, and where. Nothing that is wrong with the output reaches its caller: a task is worth more than its bar."""

    def __init__(self, file: TextIO | None) -> None:
        try:
            self._tqdm = importlib.import_module("tqdm.auto").tqdm
        except ImportError as missing:
            raise ImportError("a progress bar needs tqdm: pip install 'gentask[progress]'") from missing
        self._file: Any = _Quiet(sys.stderr if file is None else file)
        self._bar: Any = None
        self._began = time.monotonic()
        self._ended = threading.Event()
        # A bar is drawn by its caller's thread, and by one that lets the time go on.
        self._drawing = threading.Lock()

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        notebook = any(base.__module__ == "tqdm.notebook" for base in self._tqdm.__mro__)
        if notebook or self._file.isatty():
            with contextlib.suppress(Exception):
                width = not notebook and self._file.has_width()
                self._bar = self._tqdm(desc=self._text(), bar_format=_WITHOUT_TOTAL, file=self._file, dynamic_ncols=width)
        if self._bar is not None:
            threading.Thread(target=self._tick, name="gentask-progress", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._ended.set()
        with self._drawing:
            if self._bar is not None:
                self._close(well=kind is None and self._is_well())
            elif not self._file.isatty():
                self._file.write(f"{self._text()} after {time.monotonic() - self._began:.0f} s\n")
                self._file.flush()

    def _text(self) -> str:
        raise NotImplementedError

    def _progress(self) -> float | None:
        """Return how far it is, from 0 to 1, where that is known."""
        raise NotImplementedError

    def _is_well(self) -> bool:
        raise NotImplementedError

    def _tick(self) -> None:
        while not self._ended.wait(_TICK_S):
            with self._drawing:
                if not self._ended.is_set():
                    self._draw()

    def _draw(self) -> None:
        bar = self._bar
        if bar is None:
            return
        with contextlib.suppress(Exception):
            progress = self._progress()
            if progress is not None:
                if not bar.total:
                    began = bar.start_t
                    bar.reset(total=_FULL)
                    bar.start_t, bar.bar_format = began, _WITH_TOTAL
                bar.n = round(progress * _FULL)
            bar.set_description_str(self._text(), refresh=False)
            bar.refresh()

    def _close(self, *, well: bool) -> None:
        with contextlib.suppress(Exception):
            if well and self._bar.total:
                self._bar.n = _FULL
            if not well and hasattr(self._bar, "disp"):
                # A notebook's bar would turn green.
                self._bar.disp(bar_style="danger")
            self._bar.close()


class ProgressBar(_Bar):
    """Shows how a task goes on: a context manager that is called with each reply."""

    def __init__(self, model: str, *, file: TextIO | None = None) -> None:
        """`model` is the bar's name. `file` is where it is drawn, unless in a notebook; default: the standard error."""
        super().__init__(file)
        self._name = "".join(letter if letter.isprintable() else "?" for letter in model)[:_LONGEST_NAME]
        self._reply: Reply | None = None

    def __call__(self, reply: Reply) -> None:
        """Show a reply."""
        with self._drawing:
            self._reply = reply
            self._draw()

    def _text(self) -> str:
        if self._reply is None:
            return f"{self._name} pending"
        return " ".join(word for word in (self._name, self._reply.status, self._reply.error_code) if word)

    def _progress(self) -> float | None:
        return self._reply.progress if self._reply else None

    def _is_well(self) -> bool:
        return self._reply is None or self._reply.ok


class BatchBar(_Bar):
    """Shows how many jobs of a batch are done, and how many of these failed: a context manager that is called with each outcome."""

    def __init__(self, total: int | None = None, *, file: TextIO | None = None) -> None:
        """`total` is how many jobs there are, where that is known. `file` is that of a `ProgressBar`."""
        super().__init__(file)
        self._total = total
        self._done = self._failed = 0

    def __call__(self, ordered: Ordered[Any]) -> None:
        """Count an outcome."""
        with self._drawing:
            self._done += 1
            self._failed += not ordered.reply.ok
            self._draw()

    def _text(self) -> str:
        whole = "" if self._total is None else f"/{self._total}"
        return f"{self._done}{whole} done" + (f", {self._failed} failed" if self._failed else "")

    def _progress(self) -> float | None:
        return self._done / self._total if self._total else None

    def _is_well(self) -> bool:
        return not self._failed


class _Quiet:
    """A stream that may be closed, broken or missing without anybody being told: tqdm would keep a lock where writing fails."""

    def __init__(self, file: TextIO | None) -> None:
        self._inner = file

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(Exception):
            self._inner.write(text)  # type: ignore[union-attr] # None cannot write either
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with contextlib.suppress(Exception):
            self._inner.flush()  # type: ignore[union-attr]

    def isatty(self) -> bool:
        """Say whether somebody may be looking."""
        with contextlib.suppress(Exception):
            return self._inner.isatty()  # type: ignore[union-attr]
        return False

    def has_width(self) -> bool:
        """Say whether it is a terminal of a known width; in a container it is often 0."""
        with contextlib.suppress(Exception):
            return os.get_terminal_size(self._inner.fileno()).columns > 0  # type: ignore[union-attr]
        return False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
