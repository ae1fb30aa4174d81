"""One face for both clients, so that each scenario is written once.

For `sync` a scenario gets a plain `gentask.Client`. For `asyncio` it gets an `AsyncClient` whose coroutines run in an event loop on
a thread of its own, while the scenario waits for them: every call has the same name, the same arguments and the same outcome.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from typing import Literal, cast

from gentask import AsyncClient, AsyncTaskHandle, Client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from typing import Any

    from typing_extensions import Self

    from gentask.testing import Sandbox

Kind = Literal["sync", "asyncio"]
KINDS: tuple[Kind, ...] = ("sync", "asyncio")

# A test that hangs fails instead. No test comes near it.
MOST_S = 120

QUICKLY = {"initial": 0.02, "factor": 1.0, "cap": 0.02}
"""Polls at once: the schedule itself is tested in the core."""


class Loop:
    """An event loop on a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="test-loop")
        self._thread.start()

    def finish(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the loop and wait for its outcome. One that comes after the loop's end is never begun."""
        if self.loop.is_closed():
            coroutine.close()
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(MOST_S)

    def leave(self, generator: Any) -> None:
        """End an async generator, unless the loop has, or whoever left it was collected in the thread of the loop, which then does."""
        if not self.loop.is_closed() and threading.current_thread() is not self._thread:
            self.finish(generator.aclose())

    def close(self) -> None:
        self.finish(self._end_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(MOST_S)
        self.loop.close()

    async def _end_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.loop.shutdown_asyncgens()


class Blocking:
    """An `AsyncClient` or one of its handles, with calls that wait."""

    def __init__(self, inner: AsyncClient | AsyncTaskHandle, loop: Loop) -> None:
        self._inner = inner
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._waiting(found) if inspect.ismethod(found) else found

    def _waiting(self, method: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            result = method(*arguments, **named)
            if inspect.isasyncgen(result):
                return self._each(result)
            if inspect.iscoroutine(result):
                result = self._loop.finish(result)
            return Blocking(result, self._loop) if isinstance(result, AsyncTaskHandle) else result

        return call

    def _each(self, generator: Any) -> Iterator[Any]:
        end = object()

        async def following() -> Any:
            async for item in generator:
                return item
            return end

        try:
            while (item := self._loop.finish(following())) is not end:
                yield item
        finally:
            self._loop.leave(generator)

    def close(self) -> None:
        self._loop.finish(cast("AsyncClient", self._inner).aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self._inner)


class Both:
    """Clients of one kind over one sandbox."""

    def __init__(self, kind: Kind, sandbox: Sandbox) -> None:
        self.kind: Kind = kind
        self.sandbox = sandbox
        self.loop = Loop() if kind == "asyncio" else None
        self._made: list[Client] = []

    def client(self, provider: Any = "apixo", *, sandbox: Sandbox | None = None, **options: Any) -> Client:
        """Return a client that polls at once. For `asyncio` it only looks like a `Client`."""
        return self.bare(provider, **(sandbox or self.sandbox).options(provider, **{"poll": QUICKLY, **options}))

    def bare(self, *arguments: Any, **options: Any) -> Client:
        """Return a client with these options and no others."""
        if self.loop is None:
            client = Client(*arguments, **options)
        else:
            client = cast("Client", Blocking(AsyncClient(*arguments, **options), self.loop))
        self._made.append(client)
        return client

    def seen(self, provider: str = "apixo") -> tuple[int, int]:
        """Return how many submits arrived at a provider, and how many tasks it made."""
        return self.sandbox.submits(provider), self.sandbox.stats(provider)["tasks"]

    def asked(self, what: str = "status", provider: str = "apixo") -> int:
        """Return how many requests of a kind arrived at a provider."""
        return int(self.sandbox.stats(provider)["requests"].get(what, 0))

    def close(self) -> None:
        for client in self._made:
            client.close()
        if self.loop is not None:
            self.loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
