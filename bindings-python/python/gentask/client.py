"""The client for threads. `gentask.aio` has the same for event loops."""

from __future__ import annotations

from typing import Generic, NamedTuple

from gentask import _native
from gentask._arguments import callbacks, created, place, polls, seconds, some_phases, some_seconds
from gentask._native import ORDERS_AT_ONCE, RESUMED_AT_ONCE
from gentask.callbacks import Left, Notice, Receipt, arrival, problem, receipt_of, unsettled
from gentask.errors import GentaskError
from gentask.learned import LearnedModel, learned_of
from gentask.many import Batch, bar_of, each
from gentask.task import TaskHandle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta
    from os import PathLike
    from types import TracebackType
    from typing import Any, Literal, TypedDict, overload

    from typing_extensions import Self, TypeVar, Unpack

    from gentask._native import (
        Balance,
        Contract,
        Delivery,
        ListedTask,
        MemoryStore,
        Reply,
        RequestInfo,
        ResponseInfo,
        SqliteStore,
        TaskEvent,
        TaskPage,
    )
    from gentask.callbacks import Headers
    from gentask.many import Job, Ordered, OrderOptions, SubmitOptions
    from gentask.models import aivideomaker, apidot, apixo
    from gentask.store import Store
    from gentask.testing import ManualClock
    from gentask.transport import Transport
    from gentask.types import Added, Dataclass, Input, Model, Phase, PollOption

    # `Client` alone, as in an annotation, is a client of any provider: whoever takes that takes each.
    Provider = TypeVar("Provider", bound=str, default=Any)

    class Options(TypedDict, total=False):
        """The options that clients for threads and for event loops have alike."""

        account: str | None
        base_url: str | None
        timeout: float | timedelta | None
        poll: PollOption | None
        request_timeout: float | timedelta | None
        max_read_retries: int | None
        on_event: Callable[[TaskEvent], object] | None
        on_response: Callable[[RequestInfo, ResponseInfo], object] | None
        ca_certs: Sequence[str | bytes] | None
        max_in_flight: int | None
        proxy: str | None
        clock: ManualClock | None
        callback_secrets: str | Sequence[str | tuple[str, datetime | None]] | None
        signing_secrets: str | Sequence[str | tuple[str, datetime | None]] | None
        callback_tolerance: float | timedelta | None
        callback_hosts: Sequence[str] | None

    class ClientOptions(Options, total=False):
        """The options of a client."""

        api_key: str | Callable[[], str] | None
        store: str | PathLike[str] | SqliteStore | MemoryStore | Store | None
        transport: Transport | None
        on_request: Callable[[RequestInfo], Added | None] | None

else:
    from typing import TypeVar

    Provider = TypeVar("Provider")


__all__ = ["Client", "RequestPreview", "TaskHandle"]


class RequestPreview(NamedTuple):
    """The request that a submit would send."""

    method: str
    """`POST`, usually."""
    url: str
    """Where to."""
    headers: dict[str, str]
    """Its headers, without the key."""
    body: bytes
    """Its body."""


class Client(Generic[Provider]):
    """One provider and one account, for threads.

    It may be shared by any number of threads. After a fork the child's copy makes connections, threads and the store's file handles of
    its own. Waiting releases the interpreter; a signal ends a wait within 50 ms and leaves the task running.

    For checkers it has its provider in its type, `Client[Literal["apixo"]]`, and knows the models of a built-in one; where any will do, a
    plain `Client` is one of any provider.
    """

    __slots__ = ("_native",)

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: Client[Literal["aivideomaker"]], provider: Literal["aivideomaker"], **options: Unpack[ClientOptions]
        ) -> None: ...
        @overload
        def __init__(self: Client[Literal["apidot"]], provider: Literal["apidot"], **options: Unpack[ClientOptions]) -> None: ...
        @overload
        def __init__(self: Client[Literal["apixo"]], provider: Literal["apixo"], **options: Unpack[ClientOptions]) -> None: ...
        @overload
        def __init__(self: Client[str], provider: str | PathLike[str] | Contract, **options: Unpack[ClientOptions]) -> None: ...

    def __init__(
        self,
        provider: str | PathLike[str] | Contract,
        *,
        api_key: str | Callable[[], str] | None = None,
        account: str | None = None,
        base_url: str | None = None,
        store: str | PathLike[str] | SqliteStore | MemoryStore | Store | None = None,
        timeout: float | timedelta | None = None,
        poll: PollOption | None = None,
        request_timeout: float | timedelta | None = None,
        max_read_retries: int | None = None,
        transport: Transport | None = None,
        on_event: Callable[[TaskEvent], object] | None = None,
        on_request: Callable[[RequestInfo], Added | None] | None = None,
        on_response: Callable[[RequestInfo, ResponseInfo], object] | None = None,
        ca_certs: Sequence[str | bytes] | None = None,
        max_in_flight: int | None = None,
        proxy: str | None = None,
        clock: ManualClock | None = None,
        callback_secrets: str | Sequence[str | tuple[str, datetime | None]] | None = None,
        signing_secrets: str | Sequence[str | tuple[str, datetime | None]] | None = None,
        callback_tolerance: float | timedelta | None = None,
        callback_hosts: Sequence[str] | None = None,
    ) -> None:
        """Open the store and make the client. Nothing is sent, and the key is not asked for yet.

        - `provider`: a built-in name (`apidot`, `apixo`, `aivideomaker`), a contract, or a contract file's path.
        - `api_key`: the key, or a function that is asked for each request. Default: the contract's environment variable.
        - `account`: a label that keeps tasks under different keys apart. Default: `default`.
        - `base_url`: another base URL: https, or http to this machine.
        - `store`: a file's path, a `SqliteStore`, a `MemoryStore`, or an object with the methods of `gentask.store.Store`.
          Default: `GENTASK_STORE`, else `gentask/tasks.db` in the platform's state directory.
        - `timeout`: how long a wait lasts that names none, in seconds. Default: the contract's figure for the kind of task.
        - `poll`: when tasks are polled. `"learned"`, the default: by the contract's schedule, and once enough tasks of a model have ended,
          by how long they took. `"contract"`: always by the contract's. Or a schedule of one's own, `{"initial": 3, "factor": 1.5,
          "cap": 30}` in seconds, each optional.
        - `request_timeout`: how long one request may take, in seconds. Default: the contract's variable, then 30.
        - `max_read_retries`: how often `get_status`, `get_task` and `account` ask again. Default: the contract's variable, then 3.
        - `transport`: an object that sends requests, see `gentask.transport`. Default: HTTP/1.1 of gentask's own.
        - `on_event`: hears what happens to the client's tasks, on a thread of gentask's own. It must not wait.
        - `on_request`: sees each request before it is sent, and may return headers to add, such as `traceparent` or `user-agent`. What it
          raises, or a header that may not be added, keeps the request from being sent: nothing was paid for.
        - `on_response`: hears what came of each request, on a thread of gentask's own. It must not wait; what it raises changes nothing.
        - `ca_certs`: certificates to believe beside the platform's, in PEM.
        - `max_in_flight`: the most requests at once. Default: 32.
        - `proxy`: `http://host:port`, with `user:password@` before the host where it asks for that. Default: what `HTTPS_PROXY`,
          `ALL_PROXY` and `NO_PROXY` say. This machine is never asked through a proxy. A `transport` of your own has its own.
        - `clock`: a `gentask.testing.ManualClock`, for tests of your own. Default: the machine's clocks.
        - `callback_secrets`: secrets of your own, which make and prove the token in each callback URL: a text, or several, each perhaps
          with the `datetime` at which it ends. The first makes new tokens, all prove them. Each has at least 32 characters and no white
          space. Default: `GENTASK_CALLBACK_SECRET`, else a random one that is kept in the store.
        - `signing_secrets`: the secrets, or public keys, that the provider signs callbacks with, in the same form. Default: the
          contract's environment variable.
        - `callback_tolerance`: how far a callback's time may be from ours, both ways, in seconds, from 60 to 600. Default: 300.
        - `callback_hosts`: the only hosts to which a callback may go, by their full names. Default: any public one.
        """
        self._native = _native.Client(
            provider,
            api_key=api_key,
            account=account,
            base_url=base_url,
            store=store,
            timeout=some_seconds(timeout, "timeout"),
            poll=polls(poll),
            request_timeout=some_seconds(request_timeout, "request_timeout"),
            max_read_retries=max_read_retries,
            transport=transport,
            on_event=on_event,
            on_request=on_request,
            on_response=on_response,
            ca_certs=ca_certs,
            max_in_flight=max_in_flight,
            proxy=proxy,
            clock=None if clock is None else clock._native,  # noqa: SLF001 - one package
            callbacks=callbacks(callback_secrets, signing_secrets, callback_tolerance, callback_hosts),
            has_loop=False,
        )

    @property
    def contract(self) -> Contract:
        """The contract."""
        return self._native.contract

    @property
    def provider(self) -> str:
        """The contract's id."""
        return self._native.contract.id

    @property
    def base_url(self) -> str:
        """The base URL, without a slash at its end."""
        return self._native.base_url

    @property
    def account_label(self) -> str:
        """The account's label."""
        return self._native.account_label

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._native.closed

    def close(self) -> None:
        """End every wait of this client, let submits that are under way be saved, and give the store back. Tasks go on."""
        self._native.close().result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        state = ", closed" if self.closed else ""
        return f"Client({self.provider!r}{state})"

    if TYPE_CHECKING:

        @overload
        def submit(
            self: Client[Literal["aivideomaker"]],
            model: aivideomaker.ModelId,
            input: aivideomaker.Payload | Model | Dataclass,
            **more: Unpack[SubmitOptions],
        ) -> TaskHandle: ...
        @overload
        def submit(
            self: Client[Literal["apidot"]],
            model: apidot.ModelId | str,
            input: apidot.Payload | Input,
            **more: Unpack[SubmitOptions],
        ) -> TaskHandle: ...
        @overload
        def submit(
            self: Client[Literal["apixo"]],
            model: apixo.ModelId | str,
            input: apixo.Payload | Input,
            **more: Unpack[SubmitOptions],
        ) -> TaskHandle: ...
        @overload
        def submit(self: Client[str], model: str, input: Input, **more: Unpack[SubmitOptions]) -> TaskHandle: ...

    def submit(
        self,
        model: str,
        input: Input,  # noqa: A002 - the providers' own word
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
        timeout: float | timedelta | None = None,
    ) -> TaskHandle:
        """Submit a generation and return once its task id is durable.

        - `key`: your own name for the job. The same key and payload are the same task, however often and from however many processes they
          are submitted; another payload under the same key is `KeyConflict`. A refusal that cost nothing does not use the key up: the
          same call again begins a new attempt. An accepted task does, whatever becomes of it: paying again takes a new key.
        - `owner`: whose task it is, in your application's words. A key is its owner's.
        - `callback_url`: where the provider reports the end: an https URL of a public host, whose route calls `receive`. The task's token
          goes into its query, or where `{token}` stands in it.
        - `options`: options that the contract defines, such as `maxCredits`.
        - `timeout`: how long to wait for the answer, in seconds. Default: as long as it takes. `WaitTimeout` then names the intent, and the
          submit goes on and is saved.

        `input` may hold media: a `pathlib.Path`, bytes or `gentask.media(...)` is sent as the data URI that the provider takes.

        A failure is final: nothing sends the submit later, except that one whose outcome is not known (`SubmitUnknown`) may still turn
        out to have been accepted. If a signal ends this call, the submit goes on and is saved; `gentask.intent_id_of(error)` is its name.
        """
        time = some_seconds(timeout, "timeout")
        return TaskHandle(self._native.submit(model, input, key, owner, callback_url, options, time).result())

    def submit_many(
        self,
        jobs: Iterable[Job],
        *,
        key: str | None = None,
        owner: str | None = None,
        concurrency: int = ORDERS_AT_ONCE,
        wait: bool = True,
        timeout: float | timedelta | None = None,
        progress: bool = False,
    ) -> Generator[Ordered[TaskHandle], None, None]:
        """Submit many jobs, and yield what becomes of each as it comes. One that fails does not end the rest.

        - `jobs`: of each its `model` and `input`, and perhaps `key`, `owner`, `callback_url` and `options`. It may be a lazy iterable,
          consumed only as places become free.
        - `key`: the batch's name: a job without a key of its own gets `<key>/<what is ordered>`, and those that are alike `/2`, `/3`, ...
          Begun again, the batch takes up what is there and pays nothing twice, also with more jobs or in another sequence. A job with
          neither is a `ValueError`, and so is one with the key of another.
        - `owner`: whose tasks they are, where a job does not say.
        - `concurrency`: how many jobs are under way at once.
        - `wait`: whether each task is waited for, for at most `timeout` seconds (default: as in `wait`), or only submitted.
        - `progress`: shows one bar for all (`pip install 'gentask[progress]'`).

        A mistake in the jobs, such as no key, or what their iterator raises, is raised once all that is under way has been told. To leave
        early leaves the tasks as they are: a submit that was sent is saved.
        """
        orders = self._native.orders(key, concurrency, wait, some_seconds(timeout, "timeout"))
        return each(Batch(orders, key, owner, TaskHandle), jobs, bar_of(jobs, progress=progress))

    def dry_run(
        self,
        model: str,
        input: Input,  # noqa: A002
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> RequestPreview:
        """Return the request that `submit` would send. Nothing is sent and nothing is stored."""
        return RequestPreview(*self._native.dry_run(model, input, key, owner, callback_url, options))

    def validate(
        self,
        model: str,
        input: Input,  # noqa: A002
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Check what `submit` would check; raises `InvalidModel` or `InvalidPayload` with everything that is wrong."""
        self._native.dry_run(model, input, key, owner, callback_url, options)

    def task(self, intent_id: str) -> TaskHandle:
        """Return a task by its intent's id; raises `TaskNotFound` where the store has none of this provider and account."""
        return TaskHandle(self._native.task(intent_id).result())

    def find(self, key: str, owner: str | None = None) -> TaskHandle | None:
        """Return the task that a key names, or `None` where none does. With `owner`, the key is the owner's."""
        found = self._native.find(key, owner).result()
        return None if found is None else TaskHandle(found)

    def tasks(
        self,
        *,
        owner: str | None = None,
        phases: Sequence[Phase] | None = None,
        unfinished: bool = False,
        since: datetime | None = None,
        before: datetime | None = None,
        newest: bool = False,
        limit: int | None = None,
        after: Sequence[Any] | None = None,
    ) -> TaskPage:
        """Return one page of the tasks of this provider and account, oldest first, or with `newest` the newest.

        `since` and `before` are about when they were created. `after` is the `next` of the page before; `pages` goes through all of them.
        """
        return self._native.tasks(owner, some_phases(phases), unfinished, created(since, before), newest, limit, place(after)).result()

    def pages(
        self,
        *,
        owner: str | None = None,
        phases: Sequence[Phase] | None = None,
        unfinished: bool = False,
        since: datetime | None = None,
        before: datetime | None = None,
        newest: bool = False,
        limit: int = 500,
    ) -> Iterator[TaskPage]:
        """Yield every page of `tasks`, one after the other, with at most `limit` tasks each."""
        after: Sequence[Any] | None = None
        while True:
            page = self.tasks(
                owner=owner, phases=phases, unfinished=unfinished, since=since, before=before, newest=newest, limit=limit, after=after
            )
            yield page
            after = page.next
            if after is None:
                return

    def unresolved(self) -> TaskPage:
        """Return the submits whose outcome is not known, oldest first: each waits for `adopt` or `discard`."""
        return self._native.unresolved().result()

    def resume(
        self,
        *,
        concurrency: int = RESUMED_AT_ONCE,
        timeout: float | timedelta | None = None,
        on_reply: Callable[[str, Reply], object] | None = None,
    ) -> list[tuple[str, Reply]]:
        """Drive every unfinished task to its end, at most `concurrency` at once, each for at most `timeout` seconds.

        Returns pairs of intent id and reply in the order in which they ended; failures are among them. `on_reply` hears each as it comes,
        on a thread of gentask's own; it must not wait.
        """
        return self._native.resume(concurrency, some_seconds(timeout, "timeout"), on_reply).result()

    def run(
        self,
        on_settled: Callable[[Notice[TaskHandle]], object] | None = None,
        *,
        on_reply: Callable[[str, Reply], object] | None = None,
    ) -> None:
        """Drive every unfinished task to its end, new ones too, until the client is closed. `resume` is for once.

        Several processes may run on one store: they share the work, and take over what a dead one has left.

        `on_settled` hears of each ended task, one after the other, also of those that ended elsewhere or before: attach the
        result to a user's record there, send the mail. What it returns from is acknowledged; after an exception, which is logged, it hears
        of the task again later. It may hear of one more than once. The store must keep notices, as the built-in ones do.

        `on_reply` hears how each task ended that this worker saw end, and which tasks cannot be gone on with for now, on a thread of
        gentask's own; it must not wait. A store that fails is logged, and tried again.
        """
        worker = self._native.work(on_settled is not None, on_reply, problem)
        try:
            while (found := worker.next().result()) is not None:
                record, reply, task = found
                done = False
                try:
                    if on_settled is not None:
                        on_settled(Notice(record, reply, TaskHandle(task)))
                    done = True
                except Exception as error:
                    unsettled(record.intent_id, error)
                finally:
                    worker.handled(record.intent_id, done)
        finally:
            worker.stop()

    def adopt(self, intent_id: str, task_id: str) -> Reply:
        """Give an unresolved task the id under which you found it at the provider: one status call first."""
        return self.task(intent_id).adopt(task_id)

    def discard(self, intent_id: str) -> Reply:
        """Give an unresolved task up."""
        return self.task(intent_id).discard()

    def delete(self, intent_id: str) -> bool:
        """Delete the record of one task that has ended, with what is stored beside it, and return whether there was one.

        One that has not ended is refused with `Unsupported`. Its key is free afterwards: whoever uses that again makes a new task, which is
        paid for.
        """
        return self._native.delete(intent_id).result()

    def prune(self, older_than: float | timedelta) -> int:
        """Delete the records of tasks that ended longer ago than this, in seconds. Unfinished and unresolved ones stay."""
        return self._native.prune(seconds(older_than, "older_than")).result()

    def receive(self, method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview) -> Receipt[TaskHandle]:
        """Take a callback as HTTP brought it, and return what to answer: `http_status`, `headers` and `body`, and nothing else.

        - `url`: as it was asked, absolute or its path with its query.
        - `headers`: a mapping, or pairs of name and value.
        - `body`: the raw bytes, at most 1 MiB; whoever stopped reading after that passes one byte more.

        The callback is stored, with what it changes, before this returns, and whoever waits for its task in this client is woken at once; a
        status call that it asks for follows by itself. What is wrong with a callback is never raised: the receipt refuses it.
        """
        received = self._native.receive(*arrival(method, url, headers, body)).result()
        return receipt_of(received, lambda _, task: TaskHandle(task))

    def notices(self, limit: int | None = None) -> list[Notice[TaskHandle]]:
        """Return the ended tasks of this provider and account whose end nobody has acknowledged, the oldest end first.

        At most `limit`; default: 100. The tasks ended by a callback, a wait, a check or a `resume`, in whatever process.
        """
        return [Notice(record, reply, TaskHandle(task)) for record, reply, task in self._native.notices(limit).result()]

    def acknowledge(self, intent_id: str) -> bool:
        """Say that what follows from a task's end is done: its notice is handed out no more. Return whether nobody had said so before."""
        return self._native.acknowledge(intent_id).result()

    def settle_notices(self, handler: Callable[[Notice[TaskHandle]], object]) -> int:
        """Hand each open notice to a function, and acknowledge those that it returns from. Return how many these were.

        An exception leaves its notice open, to be handed out at the next call, and the others go on; then the first one is raised, and
        further ones are logged. What ends the program (`KeyboardInterrupt`, `SystemExit`) ends this at once.
        """
        left, done = Left(), 0
        while notices := left.new(self.notices(left.page())):
            for notice in notices:
                done += self._settle(notice, handler, left)
        left.end()
        return done

    def _settle(self, notice: Notice[TaskHandle], handler: Callable[[Notice[TaskHandle]], object], left: Left) -> bool:
        try:
            handler(notice)
        except Exception as error:
            left.note(notice.intent_id, error)
            return False
        self.acknowledge(notice.intent_id)
        return True

    def deliveries(
        self,
        *,
        intent_id: str | None = None,
        task_id: str | None = None,
        outcome: Literal["applied", "poke", "orphan", "conflict"] | None = None,
        limit: int | None = None,
    ) -> list[Delivery]:
        """Return the stored callbacks of this provider and account, the newest first: for a person who looks into what came.

        They are kept for seven days, and for one where no task is known. Their bodies may hold prompts: they are for no log.
        """
        return self._native.deliveries(intent_id, task_id, outcome, limit).result()

    def account(self) -> Balance:
        """Return what the account holds; raises `Unsupported` where the provider documents no such call."""
        return self._native.account().result()

    def remote_tasks(self) -> list[ListedTask]:
        """Return the account's tasks as the provider lists them: candidates for `adopt`."""
        return self._native.remote_tasks().result()

    def learned(self) -> list[LearnedModel]:
        """Return what was learned of this account's models: how long their tasks took of late, and when the next one will be polled."""
        return learned_of(self._native.learned().result())

    if TYPE_CHECKING:

        @overload
        def create_generation(
            self: Client[Literal["aivideomaker"]],
            model: aivideomaker.ModelId,
            input: aivideomaker.Payload | Model | Dataclass,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        def create_generation(
            self: Client[Literal["apidot"]],
            model: apidot.ModelId | str,
            input: apidot.Payload | Input,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        def create_generation(
            self: Client[Literal["apixo"]],
            model: apixo.ModelId | str,
            input: apixo.Payload | Input,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        def create_generation(self: Client[str], model: str, input: Input, **more: Unpack[OrderOptions]) -> Reply: ...

    def create_generation(
        self,
        model: str,
        input: Input,  # noqa: A002
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Submit a generation. Every outcome, a mistake of yours included, is a reply."""
        try:
            return self._native.create_generation(model, input, key, owner, callback_url, options).result()
        except GentaskError as error:
            if self.closed:
                raise
            return error.reply

    def get_status(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask how a task is, stored here or not. `model` is needed where the provider's call names it and the task is not stored."""
        return self._native.get_status(task_id, model).result()

    def get_task(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask for a task's details and files."""
        return self._native.get_task(task_id, model).result()

    def cancel_task(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask the provider to stop a task."""
        return self._native.cancel_task(task_id, model).result()
