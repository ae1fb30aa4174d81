"""The providers, simulated: for your own tests, without a key and without a network.

With pytest, take the fixture `gentask_sandbox`, which comes with the package:

>>> def test_an_order_is_paid_once(gentask_sandbox):
...     with gentask_sandbox.client("apixo") as client:
...         place_order(client, "order-42")
...         place_order(client, "order-42")
...     assert gentask_sandbox.submits("apixo") == 1

Without it:

>>> with Sandbox() as sandbox, sandbox.client("apixo") as client:
...     reply = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset"}).wait()

Code that makes its own client finds the sandbox by environment variables, such as `APIXO_BASE_URL` and `APIXO_API_KEY`; `env` has them:

>>> for name, value in sandbox.env().items():
...     monkeypatch.setenv(name, value)

**What becomes of a task** is changed by a word in square brackets in its prompt: `[fail]`, `[content]` (the content rules refuse it while
it runs), `[refuse]` (they refuse the submit), `[credits]`, `[nofile]`, `[cancelled]`, `[slow]` (ten times as long), `[stuck]` (for ever),
`[odd]` (its state is a word that nobody knows).

**What becomes of a request** is changed by a script, here of a submit that is accepted and whose answer is lost:

>>> sandbox.script("apixo", [{"on": "submit", "nth": 1, "fault": {"kind": "resetAfterBody"}}])

`on` is `submit`, `status`, `result`, `cancel`, `list`, `account` or `file`; `nth` is a number or several, counted from 1, and every one
where it is left out. The kinds of `fault` are `resetBeforeRead`, `resetAfterBody`, `closeWithoutAnswer`, `closeWarmConnection`, `silence`
(`ms`), `delayMs` (`ms`), `truncatedBody`, `notJson`, `emptyBody`, `tooLargeBody` (`bytes`), `tooDeepJson`, `noTaskId`, `status` (`code`,
`body`, `headers`), `redirect` (`code`, `location`) and `inBandError` (`code`).
"""

from __future__ import annotations

import json
import math
import urllib.error
import urllib.request
from typing import NamedTuple

from gentask import _native
from gentask._arguments import seconds, secrets
from gentask._native import MemoryStore, TaskRecord, load_contract
from gentask.client import Client, TaskHandle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta
    from os import PathLike
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from gentask._native import Contract
    from gentask.aio import AsyncClient, AsyncTaskHandle

__all__ = ["ManualClock", "Sandbox", "TestCallback", "sign_test_callback"]

_TIMEOUT_S = 30
_KEY = "sandbox-key-of-no-value"


class TestCallback(NamedTuple):
    """A callback as a provider would send it: for `client.receive(*callback)`, or for any HTTP client."""

    method: str
    """`POST`."""
    url: str
    """The callback URL, with the task's token."""
    headers: dict[str, str]
    """The headers that prove it, where the provider signs."""
    body: bytes
    """The raw bytes."""


TestCallback.__test__ = False  # type: ignore[attr-defined]  # pytest: it is no test


def sign_test_callback(
    provider: Client | AsyncClient | Contract | str,
    task: TaskHandle | AsyncTaskHandle | TaskRecord | str | None,
    body: bytes | str | Mapping[str, Any] = b"{}",
    *,
    url: str = "https://app.example.com/gentask",
    task_id: str | None = None,
    delivery_id: str = "msg_1",
    user: str = "user_1",
    callback_secret: str | None = None,
    signing_secret: str | None = None,
    seed: bytes | None = None,
    now_ms: int | None = None,
) -> TestCallback:
    """Make a callback about a task as its provider would send it: for tests of your own route.

    - `provider`: the client that is to receive it, whose `callback_secrets` and `signing_secrets` are used where none are given here, and
      whose clock; or a contract, or its name.
    - `task`: a task, its record or its intent's id, for the token in the URL. `None`: the URL has none.
    - `body`: the raw bytes; a text or a mapping is encoded.
    - `task_id`: the provider's id of the task, where that is signed. Default: the task's.
    - `delivery_id`, `user`: the ids of the delivery and of the account, where the provider's scheme has such. A delivery with the same
      id is the same one.
    - `callback_secret`: the secret that makes the token. One that a client keeps in its store is not known here.
    - `signing_secret`: the provider's secret. `seed`: its private Ed25519 key, 32 bytes, where the contract's scheme has one.
    - `now_ms`: when it is signed, in Unix milliseconds. Default: now.

    >>> callback = sign_test_callback(client, task, {"data": {"taskId": task.task_id, "state": "success"}})
    >>> assert client.receive(*callback).outcome == "poke"
    """
    of = provider._native if isinstance(provider, Client) or hasattr(provider, "_native") else load_contract(provider)  # noqa: SLF001
    intent_id = task if task is None or isinstance(task, str) else task.intent_id
    named = task_id if task_id is not None else getattr(task, "task_id", None)
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    own, signing = secrets(callback_secret, "callback_secret"), secrets(signing_secret, "signing_secret")
    whole, signed = _native.sign_callback(of, url, intent_id, raw, named or "", delivery_id, user, own, signing, seed, now_ms)
    return TestCallback("POST", whole, {"content-type": "application/json", **dict(signed)}, raw)


class ManualClock:
    """A clock that your test moves, for the `clock` of a client: hours of waiting take no time, and what happens at night can be tested.

    A sleep of the client takes no time at all: the clock jumps to its end when it begins. After `stand_still` it waits until you move the
    clock. What bounds real work, such as `request_timeout`, stays real. Several clients may share one clock.

    >>> clock = ManualClock()
    >>> with Sandbox() as sandbox, sandbox.client("apixo", clock=clock) as client:
    ...     task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset [stuck]"})
    ...     with contextlib.suppress(gentask.WaitTimeout):
    ...         task.wait(timeout=86_400)
    """

    __slots__ = ("_native",)

    def __init__(self, at_ms: int = 1_767_225_600_000) -> None:
        """Show this time, in Unix milliseconds. Default: the first of January 2026."""
        self._native = _native.ManualClock(at_ms)

    @property
    def now_ms(self) -> int:
        """What the wall clock shows, in Unix milliseconds."""
        return self._native.now_ms

    @property
    def sleepers(self) -> int:
        """How many sleeps wait for the clock at the moment."""
        return self._native.sleepers

    def advance(self, time: float | timedelta) -> None:
        """Let time pass: seconds, or a `timedelta`."""
        self._native.advance(seconds(time, "time"))

    def set(self, at_ms: int) -> None:
        """Set the wall clock, forwards or back, as a person, a time server or a machine that slept does."""
        self._native.set(at_ms)

    def stand_still(self) -> None:
        """From now on a sleep waits until the clock is moved."""
        self._native.stand_still()

    def jump(self) -> None:
        """From now on a sleep moves the clock to its end, as it is at first."""
        self._native.jump()

    def __repr__(self) -> str:
        return f"ManualClock({self.now_ms})"


class Sandbox:
    """A server on this machine that simulates providers over real HTTP, on any free port. Any key is accepted, and no proxy is used."""

    def __init__(self, providers: Sequence[str | PathLike[str] | Contract] | None = None, *, port: int = 0, speed: int = 20) -> None:
        """Start it. `providers`: names, contract files or contracts (default: the built-in three).

        `speed`: how much faster than real time the simulated time runs. At 20, a picture takes a tenth of a second.
        """
        self._server = _native.SandboxServer(providers, port, speed)
        self._speed = speed
        self._store = MemoryStore()

    @property
    def providers(self) -> list[str]:
        """The providers' ids."""
        return self._server.providers

    @property
    def url(self) -> str:
        """Where the server is reached."""
        return self._server.url

    def base_url(self, provider: str) -> str:
        """Return the base URL of a provider, to be given to a client."""
        return f"{self.url}/{self._known(provider)}"

    def options(self, provider: str | Contract = "apixo", **options: Any) -> dict[str, Any]:
        """Return the options of a client of this sandbox: any key, quick polls, a callback secret, a store in memory.

        The sandbox's clients share that store.
        """
        own = {
            "base_url": self.base_url(provider if isinstance(provider, str) else provider.id),
            "api_key": _KEY,
            "store": self._store,
            "poll": {"initial": 0.05, "factor": 1.5, "cap": 1.0},
            "callback_secrets": "a-callback-secret-of-no-value-at-all",
        }
        return {**own, **options}

    def env(self) -> dict[str, str]:
        """Return the environment variables that lead code which makes its own client to the sandbox, for all providers.

        Of each its base URL and a key, such as `APIXO_BASE_URL` and `APIXO_API_KEY`, and for all `GENTASK_POLL_MS`, so that they poll by
        the sandbox's clock. Where tasks are kept is not among them: `GENTASK_STORE`.
        """
        found = {"GENTASK_POLL_MS": str(max(1, math.ceil(1000 / self._speed)))}
        for provider, base_url, key in self._server.variables:
            found.update({base_url: self.base_url(provider)} if base_url else {})
            found.update({key: _KEY} if key else {})
        return found

    def client(self, provider: str | Contract = "apixo", **options: Any) -> Client:
        """Return a client of one provider. `options` are those of `gentask.Client`, and win."""
        return Client(provider, **self.options(provider, **options))

    def async_client(self, provider: str | Contract = "apixo", **options: Any) -> AsyncClient:
        """Return a client of one provider for event loops."""
        from gentask.aio import AsyncClient

        return AsyncClient(provider, **self.options(provider, **options))

    def stats(self, provider: str | None = None) -> dict[str, Any]:
        """Return what arrived: at one provider, or at all of them.

        Of a provider: `requests` (that arrived whole, by what they asked), `tasks`, `replayed`, `unauthorised`, `limited`, `faults`, `cut`,
        `running` and `balanceMilli`. Of all: these under `providers`, and `connectionsTotal`, `connectionsOpen` and `connectionsMost`.
        """
        stats = self._ask("stats")
        return dict(stats["providers"][self._known(provider)]) if provider is not None else stats

    def submits(self, provider: str = "apixo") -> int:
        """Return how many submits arrived whole at a provider: how often somebody may have paid."""
        return int(self.stats(provider)["requests"].get("submit", 0))

    def tasks(self, provider: str = "apixo") -> list[dict[str, Any]]:
        """Return the tasks that a provider made, oldest first: by its `taskId`, what a lost submit made can be adopted.

        Of each: `taskId`, `model`, `prompt`, `state` (`pending`, `processing`, `success`, `failed` or `cancelled`) and `createdAt`, in
        simulated Unix milliseconds.
        """
        return list(self._ask("tasks")["providers"][self._known(provider)])

    def script(self, provider: str | None, rules: Sequence[Mapping[str, Any]]) -> None:
        """Replace what goes wrong on purpose at a provider (`None`: at all of them). Raises `ValueError` for a rule that is none."""
        self._ask("script", {"provider": provider and self._known(provider), "rules": list(rules)})

    def reset(self, provider: str | None = None, **options: Any) -> None:
        """Begin anew at a provider (`None`: at all of them): no tasks, no script, nothing seen. Stores of clients are left alone.

        `options` replace those before: `apiKey` (the one key that is accepted), `taskMs` (by kind, such as `{"image": 500}`), `pendingMs`,
        `balanceMilli`, `priceMilli`, `readPerMin`, `submitPerMin`, `concurrent` (the limits before 429; 0: none), `honourKeys`, `seed`.
        """
        self._ask("reset", {"provider": provider and self._known(provider), **({"options": options} if options else {})})

    def close(self) -> None:
        """End it."""
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Sandbox({', '.join(self.providers)})"

    def _known(self, provider: str) -> str:
        if provider not in self.providers:
            raise ValueError(f"the sandbox has no provider {provider!r}: it has {', '.join(self.providers)}")
        return provider

    def _ask(self, what: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if data else {}
        # The server's own address on this machine.
        request = urllib.request.Request(f"{self.url}/_sandbox/{what}", data, headers)  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_TIMEOUT_S) as answer:
                read: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise ValueError(f"the sandbox refused: {json.load(error)['message']}") from None
        return read
