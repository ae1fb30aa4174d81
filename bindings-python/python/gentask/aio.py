"""The client for event loops: asyncio (uvloop too) and trio, so anyio as well. `gentask.client` has the same for threads."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Generic

from gentask import _native
from gentask._arguments import callbacks, created, place, polls, seconds, some_phases, some_seconds
from gentask._loops import check, outcome, runner
from gentask._native import ORDERS_AT_ONCE, RESUMED_AT_ONCE
from gentask.aio_many import each, ready
from gentask.aio_task import AsyncTaskHandle
from gentask.callbacks import Left, Notice, Receipt, arrival, problem, receipt_of, unsettled
from gentask.client import Provider, RequestPreview
from gentask.errors import GentaskError
from gentask.learned import LearnedModel, learned_of
from gentask.many import Batch, bar_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta
    from os import PathLike
    from types import TracebackType
    from typing import Any, Literal, overload

    from typing_extensions import Self, Unpack

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
    from gentask.client import Options
    from gentask.many import Job, Ordered, OrderOptions, SubmitOptions
    from gentask.models import aivideomaker, apidot, apixo
    from gentask.store import AsyncStore, Store
    from gentask.testing import ManualClock
    from gentask.transport import AsyncTransport, Transport
    from gentask.types import Added, Dataclass, Input, Model, Phase, PollOption

    class AsyncClientOptions(Options, total=False):
        """The options of a client for event loops."""

        api_key: str | Callable[[], str] | Callable[[], Awaitable[str]] | None
        store: str | PathLike[str] | SqliteStore | MemoryStore | Store | AsyncStore | None
        transport: Transport | AsyncTransport | None
        on_request: Callable[[RequestInfo], Added | Awaitable[Added | None] | None] | None


__all__ = ["AsyncClient", "AsyncReceiver", "AsyncTaskHandle"]

# Where an argument has its name.
_finished = outcome


class AsyncClient(Generic[Provider]):
    """One provider and one account, for event loops.

    It may be used from several event loops, one after the other, or at once where no async functions of yours belong to one of them. Any
    number of tasks may wait in one loop. Cancelling a wait leaves its task running; cancelling a submit leaves the submit running, and
    `gentask.intent_id_of(error)` is its name. For checkers it has its provider in its type, as `gentask.Client` does.
    """

    __slots__ = ("_calls_back", "_native")

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: AsyncClient[Literal["aivideomaker"]], provider: Literal["aivideomaker"], **options: Unpack[AsyncClientOptions]
        ) -> None: ...
        @overload
        def __init__(self: AsyncClient[Literal["apidot"]], provider: Literal["apidot"], **options: Unpack[AsyncClientOptions]) -> None: ...
        @overload
        def __init__(self: AsyncClient[Literal["apixo"]], provider: Literal["apixo"], **options: Unpack[AsyncClientOptions]) -> None: ...
        @overload
        def __init__(self: AsyncClient[str], provider: str | PathLike[str] | Contract, **options: Unpack[AsyncClientOptions]) -> None: ...

    def __init__(
        self,
        provider: str | PathLike[str] | Contract,
        *,
        api_key: str | Callable[[], str] | Callable[[], Awaitable[str]] | None = None,
        account: str | None = None,
        base_url: str | None = None,
        store: str | PathLike[str] | SqliteStore | MemoryStore | Store | AsyncStore | None = None,
        timeout: float | timedelta | None = None,
        poll: PollOption | None = None,
        request_timeout: float | timedelta | None = None,
        max_read_retries: int | None = None,
        transport: Transport | AsyncTransport | None = None,
        on_event: Callable[[TaskEvent], object] | None = None,
        on_request: Callable[[RequestInfo], Added | Awaitable[Added | None] | None] | None = None,
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
        """Open the store and make the client. The options are those of `gentask.Client`.

        `api_key` and `on_request` may be async functions, and so may the methods of `transport` and `store`: they then run in the event
        loop that used the client last and goes on; so a client with async functions of loop-bound things (sessions, pools) belongs to one
        loop at a time. Plain functions run on threads of their own. Opening a store touches the disk, for a few milliseconds.
        """
        self._calls_back = callable(api_key) or on_request is not None or transport is not None or store is not None
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
            has_loop=True,
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
        """Whether `aclose` was called."""
        return self._native.closed

    async def aclose(self) -> None:
        """End every wait of this client, let submits that are under way be saved, and give the store back. Tasks go on."""
        await outcome(self._here().close())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        await self.aclose()

    def _here(self) -> _native.Client:
        """Return the native client, told which event loop this is."""
        check()
        if self._calls_back:
            self._native.use_loop(*runner())
        return self._native

    def __repr__(self) -> str:
        state = ", closed" if self.closed else ""
        return f"AsyncClient({self.provider!r}{state})"

    if TYPE_CHECKING:

        @overload
        async def submit(
            self: AsyncClient[Literal["aivideomaker"]],
            model: aivideomaker.ModelId,
            input: aivideomaker.Payload | Model | Dataclass,
            **more: Unpack[SubmitOptions],
        ) -> AsyncTaskHandle: ...
        @overload
        async def submit(
            self: AsyncClient[Literal["apidot"]],
            model: apidot.ModelId | str,
            input: apidot.Payload | Input,
            **more: Unpack[SubmitOptions],
        ) -> AsyncTaskHandle: ...
        @overload
        async def submit(
            self: AsyncClient[Literal["apixo"]],
            model: apixo.ModelId | str,
            input: apixo.Payload | Input,
            **more: Unpack[SubmitOptions],
        ) -> AsyncTaskHandle: ...
        @overload
        async def submit(self: AsyncClient[str], model: str, input: Input, **more: Unpack[SubmitOptions]) -> AsyncTaskHandle: ...

    async def submit(
        self,
        model: str,
        input: Input,  # noqa: A002 - the providers' own word
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
        timeout: float | timedelta | None = None,
    ) -> AsyncTaskHandle:
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

        `input` may hold media: a `pathlib.Path`, bytes or `gentask.media(...)` is sent as the data URI that the provider takes. It is read
        on another thread.

        A failure is final: nothing sends the submit later, except that one whose outcome is not known (`SubmitUnknown`) may still turn
        out to have been accepted. If this call is cancelled, the submit goes on and is saved; `gentask.intent_id_of(error)` is its name.
        """
        time = some_seconds(timeout, "timeout")
        payload = await ready(self._here(), model, input)
        return AsyncTaskHandle(self, await outcome(self._here().submit(model, payload, key, owner, callback_url, options, time)))

    def submit_many(
        self,
        jobs: Iterable[Job] | AsyncIterable[Job],
        *,
        key: str | None = None,
        owner: str | None = None,
        concurrency: int = ORDERS_AT_ONCE,
        wait: bool = True,
        timeout: float | timedelta | None = None,
        progress: bool = False,
    ) -> AsyncGenerator[Ordered[AsyncTaskHandle], None]:
        """Submit many jobs, and yield what becomes of each as it comes. One that fails does not end the rest.

        - `jobs`: of each its `model` and `input`, and perhaps `key`, `owner`, `callback_url` and `options`. It may be a lazy iterable,
          async or plain, consumed only as places become free.
        - `key`: the batch's name: a job without a key of its own gets `<key>/<what is ordered>`, and those that are alike `/2`, `/3`, ...
          Begun again, the batch takes up what is there and pays nothing twice, also with more jobs or in another sequence. A job with
          neither is a `ValueError`, and so is one with the key of another.
        - `owner`: whose tasks they are, where a job does not say.
        - `concurrency`: how many jobs are under way at once.
        - `wait`: whether each task is waited for, for at most `timeout` seconds (default: as in `wait`), or only submitted.
        - `progress`: shows one bar for all (`pip install 'gentask[progress]'`).

        A mistake in the jobs, such as no key, or what their iterator raises, is raised once all that is under way has been told. To leave
        early leaves the tasks as they are (`contextlib.aclosing` does so at once): a submit that was sent is saved.
        """
        orders = self._native.orders(key, concurrency, wait, some_seconds(timeout, "timeout"))
        batch = Batch(orders, key, owner, lambda task: AsyncTaskHandle(self, task))
        return each(self._here, batch, jobs, bar_of(jobs, progress=progress))

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
        """Return the request that `submit` would send. Nothing is sent and nothing is stored. Media are read here and now."""
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
        """Check what `submit` would check; raises `InvalidModel` or `InvalidPayload` with everything that is wrong.

        Media are read here and now, so that this may wait for the disk.
        """
        self._native.dry_run(model, input, key, owner, callback_url, options)

    async def task(self, intent_id: str) -> AsyncTaskHandle:
        """Return a task by its intent's id; raises `TaskNotFound` where the store has none of this provider and account."""
        return AsyncTaskHandle(self, await outcome(self._here().task(intent_id)))

    async def find(self, key: str, owner: str | None = None) -> AsyncTaskHandle | None:
        """Return the task that a key names, or `None` where none does. With `owner`, the key is the owner's."""
        found = await outcome(self._here().find(key, owner))
        return None if found is None else AsyncTaskHandle(self, found)

    async def tasks(
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
        return await outcome(
            self._here().tasks(owner, some_phases(phases), unfinished, created(since, before), newest, limit, place(after))
        )

    async def pages(
        self,
        *,
        owner: str | None = None,
        phases: Sequence[Phase] | None = None,
        unfinished: bool = False,
        since: datetime | None = None,
        before: datetime | None = None,
        newest: bool = False,
        limit: int = 500,
    ) -> AsyncIterator[TaskPage]:
        """Yield every page of `tasks`, one after the other, with at most `limit` tasks each."""
        after: Sequence[Any] | None = None
        while True:
            page = await self.tasks(
                owner=owner, phases=phases, unfinished=unfinished, since=since, before=before, newest=newest, limit=limit, after=after
            )
            yield page
            after = page.next
            if after is None:
                return

    async def unresolved(self) -> TaskPage:
        """Return the submits whose outcome is not known, oldest first: each waits for `adopt` or `discard`."""
        return await outcome(self._here().unresolved())

    async def resume(
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
        return await outcome(self._here().resume(concurrency, some_seconds(timeout, "timeout"), on_reply))

    async def run(
        self,
        on_settled: Callable[[Notice[AsyncTaskHandle]], Awaitable[object] | object] | None = None,
        *,
        on_reply: Callable[[str, Reply], object] | None = None,
    ) -> None:
        """Drive every unfinished task to its end, new ones too, until this is cancelled or the client is closed. `resume` is for once.

        Several processes may run on one store: they share the work, and take over what a dead one has left.

        `on_settled` hears of each ended task, one after the other, async or plain, also of those that ended elsewhere or before: attach the
        result to a user's record there, send the mail. What it returns from is acknowledged; after an exception, which is logged, it hears
        of the task again later. It may hear of one more than once. The store must keep notices, as the built-in ones do.

        `on_reply` hears how each task ended that this worker saw end, and which tasks cannot be gone on with for now, on a thread of
        gentask's own; it must not wait. A store that fails is logged, and tried again.
        """
        worker = self._here().work(on_settled is not None, on_reply, problem)
        try:
            while (found := await outcome(worker.next())) is not None:
                record, reply, task = found
                done = False
                try:
                    settled = None if on_settled is None else on_settled(Notice(record, reply, AsyncTaskHandle(self, task)))
                    if isinstance(settled, Awaitable):
                        await settled
                    done = True
                except Exception as error:
                    unsettled(record.intent_id, error)
                finally:
                    worker.handled(record.intent_id, done)
        finally:
            worker.stop()

    async def adopt(self, intent_id: str, task_id: str) -> Reply:
        """Give an unresolved task the id under which you found it at the provider: one status call first."""
        return await (await self.task(intent_id)).adopt(task_id)

    async def discard(self, intent_id: str) -> Reply:
        """Give an unresolved task up."""
        return await (await self.task(intent_id)).discard()

    async def delete(self, intent_id: str) -> bool:
        """Delete the record of one task that has ended, with what is stored beside it, and return whether there was one.

        One that has not ended is refused with `Unsupported`. Its key is free afterwards: whoever uses that again makes a new task, which is
        paid for.
        """
        return await outcome(self._here().delete(intent_id))

    async def prune(self, older_than: float | timedelta) -> int:
        """Delete the records of tasks that ended longer ago than this, in seconds. Unfinished and unresolved ones stay."""
        return await outcome(self._here().prune(seconds(older_than, "older_than")))

    async def receive(self, method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview) -> Receipt[AsyncTaskHandle]:
        """Take a callback as HTTP brought it, and return what to answer: `http_status`, `headers` and `body`, and nothing else.

        - `url`: as it was asked, absolute or its path with its query.
        - `headers`: a mapping, or pairs of name and value.
        - `body`: the raw bytes, at most 1 MiB; whoever stopped reading after that passes one byte more.

        The callback is stored, with what it changes, before this returns, and whoever waits for its task in this client is woken at once; a
        status call that it asks for follows by itself. What is wrong with a callback is never raised: the receipt refuses it.
        """
        received = await outcome(self._here().receive(*arrival(method, url, headers, body)))
        return receipt_of(received, lambda _, task: AsyncTaskHandle(self, task))

    async def notices(self, limit: int | None = None) -> list[Notice[AsyncTaskHandle]]:
        """Return the ended tasks of this provider and account whose end nobody has acknowledged, the oldest end first.

        At most `limit`; default: 100. The tasks ended by a callback, a wait, a check or a `resume`, in whatever process.
        """
        found = await outcome(self._here().notices(limit))
        return [Notice(record, reply, AsyncTaskHandle(self, task)) for record, reply, task in found]

    async def acknowledge(self, intent_id: str) -> bool:
        """Say that what follows from a task's end is done: its notice is handed out no more. Return whether nobody had said so before."""
        return await outcome(self._here().acknowledge(intent_id))

    async def settle_notices(self, handler: Callable[[Notice[AsyncTaskHandle]], Awaitable[object] | object]) -> int:
        """Hand each open notice to a function, async or plain, and acknowledge those that it returns from. Return how many these were.

        An exception leaves its notice open, to be handed out at the next call, and the others go on; then the first one is raised, and
        further ones are logged. Being cancelled ends this at once.
        """
        left, done = Left(), 0
        while notices := left.new(await self.notices(left.page())):
            for notice in notices:
                done += await self._settle(notice, handler, left)
        left.end()
        return done

    async def _settle(
        self, notice: Notice[AsyncTaskHandle], handler: Callable[[Notice[AsyncTaskHandle]], Awaitable[object] | object], left: Left
    ) -> bool:
        try:
            settled = handler(notice)
            if isinstance(settled, Awaitable):
                await settled
        except Exception as error:
            left.note(notice.intent_id, error)
            return False
        await self.acknowledge(notice.intent_id)
        return True

    async def deliveries(
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
        return await _finished(self._here().deliveries(intent_id, task_id, outcome, limit))

    async def account(self) -> Balance:
        """Return what the account holds; raises `Unsupported` where the provider documents no such call."""
        return await outcome(self._here().account())

    async def remote_tasks(self) -> list[ListedTask]:
        """Return the account's tasks as the provider lists them: candidates for `adopt`."""
        return await outcome(self._here().remote_tasks())

    async def learned(self) -> list[LearnedModel]:
        """Return what was learned of this account's models: how long their tasks took of late, and when the next one will be polled."""
        text = await outcome(self._here().learned())
        return learned_of(text)

    if TYPE_CHECKING:

        @overload
        async def create_generation(
            self: AsyncClient[Literal["aivideomaker"]],
            model: aivideomaker.ModelId,
            input: aivideomaker.Payload | Model | Dataclass,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        async def create_generation(
            self: AsyncClient[Literal["apidot"]],
            model: apidot.ModelId | str,
            input: apidot.Payload | Input,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        async def create_generation(
            self: AsyncClient[Literal["apixo"]],
            model: apixo.ModelId | str,
            input: apixo.Payload | Input,
            **more: Unpack[OrderOptions],
        ) -> Reply: ...
        @overload
        async def create_generation(self: AsyncClient[str], model: str, input: Input, **more: Unpack[OrderOptions]) -> Reply: ...

    async def create_generation(
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
            payload = await ready(self._here(), model, input)
            return await outcome(self._here().create_generation(model, payload, key, owner, callback_url, options))
        except GentaskError as error:
            if self.closed:
                raise
            return error.reply

    async def get_status(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask how a task is, stored here or not. `model` is needed where the provider's call names it and the task is not stored."""
        return await outcome(self._here().get_status(task_id, model))

    async def get_task(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask for a task's details and files."""
        return await outcome(self._here().get_task(task_id, model))

    async def cancel_task(self, task_id: str, *, model: str | None = None) -> Reply:
        """Ask the provider to stop a task."""
        return await outcome(self._here().cancel_task(task_id, model))


class AsyncReceiver:
    """Several clients behind one URL: of other providers, or other accounts. A callback goes to the first that knows it."""

    __slots__ = ("_clients", "_native")

    def __init__(self, clients: Iterable[AsyncClient]) -> None:
        """Ask these clients, in this order; there must be one."""
        self._clients = list(clients)
        self._native = _native.Receiver([client._native for client in self._clients])  # noqa: SLF001 - one package

    async def receive(self, method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview) -> Receipt[AsyncTaskHandle]:
        """Take a callback as HTTP brought it; see `AsyncClient.receive`."""
        for client in self._clients:
            # What its store and its transport need.
            client._here()  # noqa: SLF001
        received = await outcome(self._native.receive(*arrival(method, url, headers, body)))
        return receipt_of(received, lambda place, task: AsyncTaskHandle(self._clients[place], task))
