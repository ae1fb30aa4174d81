"""Many orders at once: what `submit_many` takes and yields.

>>> jobs = ({"model": "nano-banana", "input": {"mode": "text-to-image", "prompt": prompt}} for prompt in prompts)
>>> for ordered in client.submit_many(jobs, key="album-7"):
...     print(ordered.index, ordered.reply.status, ordered.reply.files)

Begun again with the same `key`, it takes up what is there and pays nothing twice, also with more jobs or in another sequence: a job's key
is made of what is ordered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from contextlib import nullcontext
from typing import Any, Generic, TypedDict, TypeVar

from gentask._arguments import text
from gentask._native import ORDERS_AT_ONCE
from gentask.errors import InvalidModel, InvalidPayload

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import timedelta

    from typing_extensions import Self

    from gentask._native import Orders, Payload, Reply, Task
    from gentask.types import Input

__all__ = ["ORDERS_AT_ONCE", "Job", "Ordered"]

Handle = TypeVar("Handle")


class _JobNeeds(TypedDict):
    model: str
    input: Input


class OrderOptions(TypedDict, total=False):
    """What `create_generation` takes beside a model and its input, and a job of many does."""

    key: str | None
    owner: str | None
    callback_url: str | None
    options: Mapping[str, Any] | None


class Job(_JobNeeds, OrderOptions):
    """One job of many, with the arguments of `submit`. A `key` of its own goes before that of the whole batch, and so does an `owner`."""


class SubmitOptions(OrderOptions, total=False):
    """What `submit` takes beside a model and its input."""

    timeout: float | timedelta | None


_NEEDED, _MEMBERS = Job.__required_keys__, Job.__required_keys__ | Job.__optional_keys__


class Ordered(Generic[Handle]):
    """What became of one job of many."""

    __slots__ = ("_index", "_key", "_reply", "_task")

    def __init__(self, index: int, key: str | None, reply: Reply, task: Handle | None) -> None:
        self._index = index
        self._key = key
        self._reply = reply
        self._task = task

    @property
    def index(self) -> int:
        """Which job it was, counted from 0."""
        return self._index

    @property
    def key(self) -> str | None:
        """The job's key; `None` where a job without one of its own was refused before it was begun."""
        return self._key

    @property
    def reply(self) -> Reply:
        """How its task is, or why there is none; success or not. `reply.raise_for_status()` makes an exception of a failure."""
        return self._reply

    @property
    def task(self) -> Handle | None:
        """Its task; `None` where none is stored, for the job was refused."""
        return self._task

    def __repr__(self) -> str:
        return f"Ordered(index={self.index!r}, key={self.key!r}, reply={self.reply!r})"


class Given:
    """A job as it was read."""

    __slots__ = ("callback_url", "index", "input", "key", "model", "options", "owner")

    def __init__(self, index: int, job: Mapping[str, Any], key: str | None, owner: str | None) -> None:
        self.index = index
        self.model = job["model"]
        self.input = job["input"]
        self.key = key
        self.owner = owner
        self.callback_url = job.get("callback_url")
        self.options = job.get("options")


class Batch(Generic[Handle]):
    """Which jobs were begun, and under which keys. The first mistake in the jobs ends them; what is under way is told first."""

    def __init__(self, orders: Orders, key: str | None, owner: str | None, handle: Callable[[Task], Handle]) -> None:
        self._orders = orders
        self._has_key = key is not None
        self._owner = text(owner, "owner")
        self._handle = handle
        self._taken = 0
        self._begun: dict[int, Given] = {}
        self._keys: dict[tuple[str | None, str], int] = {}
        self._error: BaseException | None = None
        self._ended = False

    @property
    def takes(self) -> bool:
        """Whether another job is to be taken now."""
        return not self._ended and self._orders.has_place()

    @property
    def goes_on(self) -> bool:
        """Whether there is anything to come."""
        return bool(self._begun) or not self._ended

    @property
    def orders(self) -> Orders:
        """What is under way."""
        return self._orders

    def read(self, job: object) -> Given:
        """Read a job. What is wrong with its members, and not with its payload, is a mistake of the whole batch."""
        index = self._taken
        if not isinstance(job, Mapping):
            raise TypeError(f"job {index} is a mapping of model, input and more, not {type(job).__name__}")
        wrong = [f"no {name}" for name in sorted(_NEEDED - job.keys())]
        wrong += [f"an unknown member {name!r}" for name in sorted(map(str, job.keys() - _MEMBERS))]
        if wrong:
            raise TypeError(f"job {index} has {', '.join(wrong)}")
        key, owner = text(job.get("key"), f"job {index}'s key"), text(job.get("owner"), f"job {index}'s owner")
        owner = self._owner if owner is None else owner
        if key is None and not self._has_key:
            raise ValueError(
                f"job {index} has no key: give key= for the whole batch, or a key to each job, so that a batch that is begun again pays "
                "nothing twice"
            )
        if key is not None and (first := self._keys.setdefault((owner, key), index)) != index:
            raise ValueError(f"job {index} has the key {key!r} of job {first}: give each job a key of its own, or none and key= for all")
        self._taken += 1
        return Given(index, job, key, owner)

    def begin(self, given: Given, wanted: Input | Payload) -> None:
        """Begin a job, with its input as it was given, or read from that."""
        number, given.key = self._orders.give(given.model, wanted, given.key, given.owner, given.callback_url, given.options)
        self._begun[number] = given
        if given.key is not None:
            self._keys.setdefault((given.owner, given.key), given.index)

    def refused(self, given: Given, error: InvalidModel | InvalidPayload) -> Ordered[Handle]:
        """Tell of a job that was refused before it was begun."""
        return Ordered(given.index, given.key, error.reply, None)

    def told(self, found: tuple[int, str | None, Task | None, Reply] | None, *, nudged: bool = False) -> Ordered[Handle] | None:
        """Tell of a job that was begun. `nudged`: nothing was found because somebody may have nudged."""
        if found is None:
            if self._begun and not nudged:
                raise self._lost()
            return None
        number, key, task, reply = found
        given = self._begun.pop(number)
        return Ordered(given.index, key, reply, None if task is None else self._handle(task))

    def _lost(self) -> RuntimeError:
        """Nothing is under way, and jobs that were begun have not been told of."""
        names = ", ".join(f"job {given.index} with the key {given.key!r}" for given in self._begun.values())
        error = RuntimeError(f"gentask has a fault: it lost {names}; look at them with client.find, or begin the batch again")
        error.__cause__ = self._error
        return error

    def end(self, error: BaseException | None = None) -> None:
        """Take no more jobs: there are none, or reading them has failed."""
        self._ended = True
        self._error = error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._orders.close()

    def finish(self) -> None:
        """Raise what was wrong with the jobs."""
        if self._error is not None:
            raise self._error


def bar_of(jobs: object, *, progress: bool) -> AbstractContextManager[Callable[[Ordered[Any]], object] | None]:
    """Return the one bar for all jobs, where one is wanted."""
    if not progress:
        return nullcontext()
    from gentask.progress import batch_bar

    return batch_bar(len(jobs) if isinstance(jobs, Sized) else None)


_END = object()


def each(
    batch: Batch[Handle], jobs: Iterable[Job], bar: AbstractContextManager[Callable[[Ordered[Any]], object] | None]
) -> Generator[Ordered[Handle], None, None]:
    """Begin the jobs one by one as places become free, and yield what becomes of them."""
    with batch, bar as show:
        feed = iter(jobs)
        while batch.goes_on:
            outcome = _next_job(batch, feed) if batch.takes else batch.told(batch.orders.next(until_nudged=False).result())
            if outcome is None:
                continue
            if show is not None:
                show(outcome)
            yield outcome
    batch.finish()


def _next_job(batch: Batch[Handle], feed: Iterator[Job]) -> Ordered[Handle] | None:
    try:
        job = next(feed, _END)
        if job is _END:
            batch.end()
            return None
        given = batch.read(job)
        try:
            batch.begin(given, given.input)
        except (InvalidModel, InvalidPayload) as error:
            return batch.refused(given, error)
    except Exception as error:
        batch.end(error)
    return None
