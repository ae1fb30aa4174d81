"""Plays rows of the adversary's table: makes clients, does the steps and tells the judge what they brought.

The provider and the judge are the workspace's program `adversary`, the same for every language. What a row is made of stands in
`tests/adversary/README.md`.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as HungError
from pathlib import Path
from typing import cast

import gentask
from gentask.testing import ManualClock

from .adversary_store import Process, ScriptedStore
from .both import KINDS, Blocking, Kind, Loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

WORKSPACE = Path(__file__).parents[3]
LANGUAGE = "python"

_START_MS = 1_767_225_600_000
"""When every row begins."""
_HUNG_S = 25.0
"""A step that takes longer has hung: whatever it waits for by its clock takes no time."""
_LATER_S = 3_600.0
"""What passes before somebody comes back to what a row left."""
_PAUSE_S = 0.15
_AT_ONCE = 6
_BOTH_WAYS = ("outcomes: ", "polls: ", "settled: ")
"""Families that are played with either client; a row of the others costs time and says nothing new about the second."""


def names() -> list[str]:
    """Read which rows there are for this language: the family and the name of each."""
    only = os.environ.get("ADVERSARY", "")
    files = sorted((WORKSPACE / "tests" / "adversary").glob("*.json"))
    rows = [(file.stem, row) for file in files for row in json.loads(file.read_text("utf-8"))["rows"]]
    told = [f"{family}: {row['name']}" for family, row in rows if LANGUAGE not in row.get("not", {})]
    return [name for name in told if only in name]


def cases() -> list[tuple[str, Kind]]:
    """Say which rows are played, and with which client."""
    return [(name, kind) for name in names() for kind in KINDS if kind == "sync" or name.startswith(_BOTH_WAYS)]


class Table:
    """The program with the rows, running."""

    def __init__(self) -> None:
        default = WORKSPACE / "target" / "debug" / "adversary"
        program = os.environ.get("GENTASK_ADVERSARY") or str(default)
        self._process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        self.rows = {f"{row['family']}: {row['name']}": row for row in self.ask("/table", language=LANGUAGE)["rows"]}
        self.clocks: dict[int, ManualClock] = {}
        self.loop = Loop()
        threading.Thread(target=self._tell_the_time, daemon=True).start()

    def ask(self, path: str, **given: Any) -> Any:
        """Make one control call."""
        # The program's own address on this machine.
        request = urllib.request.Request(self.url + path, json.dumps(given).encode())
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def play(self, name: str, kind: Kind) -> list[str]:
        """Play one row and return what is wrong."""
        return Play(self, self.rows[name], self.loop if kind == "asyncio" else None).play()

    def close(self) -> None:
        """End it."""
        self.loop.close()
        self._process.kill()
        self._process.wait()

    def _tell_the_time(self) -> None:
        address = urllib.parse.urlsplit(self.url)
        line = socket.create_connection(("127.0.0.1", address.port or 0))
        # The program is killed in the end.
        with contextlib.suppress(ConnectionError), line, line.makefile("rw", encoding="ascii") as asked:
            asked.write("CLOCK\n")
            asked.flush()
            for row in asked:
                asked.write(f"{self.clocks[int(row)].now_ms}\n")
                asked.flush()


class Keys:
    """The function that gives the key, or fails or waits where the row says so."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._lock = threading.Lock()
        self._let_go = threading.Event()
        self.asked = 0
        self.fails: set[int] = set()
        self.holds: set[int] = set()

    def plan(self, step: Mapping[str, Any]) -> None:
        if step.get("letGo"):
            self._let_go.set()
            return
        self._let_go.clear()
        self.fails = {self.asked + nth for nth in step.get("fails", ())}
        self.holds = {self.asked + nth for nth in step.get("holds", ())}

    def clear(self) -> None:
        self.fails, self.holds = set(), set()
        self._let_go.set()

    def __call__(self) -> str:
        with self._lock:
            self.asked += 1
            nth = self.asked
        fails = nth in self.fails
        if nth in self.holds:
            self._let_go.wait(_HUNG_S)
        if fails:
            raise RuntimeError("the vault is sealed")
        return self._key


class Play:
    """One row."""

    def __init__(self, table: Table, told: Mapping[str, Any], loop: Loop | None) -> None:
        begun = table.ask("/begin", name=told["name"])
        self._table = table
        self._loop = loop
        self._row: dict[str, Any] = told["row"]
        self._id: int = begun["id"]
        self._places = {"{base}": begun["base"], "{foreign}": begun["foreign"], "{key}": begun["key"]}
        self._clock = ManualClock(_START_MS)
        table.clocks[self._id] = self._clock
        self._store = ScriptedStore()
        self._keys = Keys(begun["key"])
        self._how: dict[str, dict[str, Any]] = {}
        self._made: dict[str, tuple[gentask.Client, Process]] = {}
        self._dead: list[gentask.Client] = []
        self._tasks: dict[str, str] = {}
        self._events: list[str] = []
        self._threads = ThreadPoolExecutor(max_workers=16)
        self._folder = tempfile.mkdtemp()

    def play(self) -> list[str]:
        background: dict[str, tuple[int, str, Future[Any]]] = {}
        for number, step in enumerate(self._row["steps"]):
            name, client = step.get("as", "it"), step.get("client", "main")
            if step["do"] == "await":
                begun, _, outcome = background.pop(name)
                self._saw(begun, {"skipped": True})
                self._saw(number, outcome.result())
                continue
            if step["do"] == "kill":
                # Nobody hears what a dead process would have said.
                for dead in [one for one, (_, whose, _) in background.items() if whose == client]:
                    self._saw(background.pop(dead)[0], {"skipped": True})
            alone = not background
            if step.get("background"):
                background[name] = number, client, self._threads.submit(self._bounded, step, alone=alone)
            else:
                self._saw(number, self._bounded(step, alone=alone))
        records = self._store.all()
        self._saw(None, {"value": "the row is over"})
        # Whoever is still under way comes to an end, and somebody comes back later.
        self._store.plan(())
        self._keys.clear()
        self._ask("/release")
        self._clock.jump()
        self._ask("/listen", on=True)
        for begun, _, outcome in background.values():
            self._saw(begun, outcome.result())
        self._kill("main")
        self._clock.advance(_LATER_S)
        self._saw(None, self._bounded({"do": "resume", "timeout": 600}, alone=False))
        trace = {"records": records, "after": self._store.all(), "texts": self._store.written + self._events}
        faults: list[str] = self._ask("/end", trace=trace)["faults"]
        for client, _ in self._made.values():
            client.close()
        self._threads.shutdown(wait=False)
        return faults

    def _ask(self, path: str, **given: Any) -> Any:
        return self._table.ask(path, id=self._id, **given)

    def _saw(self, step: int | None, outcome: Any) -> None:
        self._ask("/saw", step=step, outcome=outcome)

    def _fill(self, text: str) -> str:
        for name, place in self._places.items():
            text = text.replace(name, place)
        return text

    def _bounded(self, step: Mapping[str, Any], *, alone: bool) -> dict[str, Any]:
        began = self._clock.now_ms
        doing = self._threads.submit(self._caught, step)
        try:
            outcome = doing.result(_HUNG_S)
        except HungError:
            outcome = {"hung": True}
        if alone:
            outcome["tookMs"] = self._clock.now_ms - began
        return outcome

    def _caught(self, step: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self._step(step)
        except gentask.GentaskError as error:
            return {"reply": json.loads(error.reply.to_json()), "raised": type(error).__name__, "text": str(error)}
        except Exception as error:
            return {"raised": type(error).__name__, "text": str(error)}

    def _step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        done = getattr(self, f"_do_{step['do']}", None)
        return {"skipped": True} if done is None else done(step) or {}

    def _do_submit(self, step: Mapping[str, Any]) -> dict[str, Any]:
        options = {**_options(step), **({"timeout": step["timeout"]} if "timeout" in step else {})}
        model, payload = _order(step)
        return self._named(step, lambda: _handle(self._client(step).submit(model, payload, **options)))

    def _do_createGeneration(self, step: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - the table's own word
        model, payload = _order(step)
        return self._named(step, lambda: _reply(self._client(step).create_generation(model, payload, **_options(step))))

    def _named(self, step: Mapping[str, Any], order: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Remember which intent it was, also where it failed."""
        intent_id = None
        try:
            outcome = order()
            intent_id = outcome["handle"]["intentId"] if "handle" in outcome else outcome["reply"]["data"].get("intentId")
        except gentask.GentaskError as error:
            intent_id = error.intent_id
            raise
        finally:
            if intent_id is not None:
                self._tasks[step.get("as", "it")] = intent_id
        return outcome

    def _do_wait(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).wait(step.get("timeout")))

    def _do_updates(self, step: Mapping[str, Any]) -> dict[str, Any]:
        told = [json.loads(reply.to_json()) for reply in self._task(step).updates(step.get("timeout"))]
        return {"value": len(told), "replies": [{"intentId": None, "reply": reply} for reply in told]}

    def _do_check(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).check(force=bool(step.get("force"))))

    def _do_cancel(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).cancel())

    def _do_adopt(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).adopt(self._fill(step["taskId"])))

    def _do_discard(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).discard())

    def _do_look(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return _reply(self._task(step).reply())

    def _do_download(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"value": len(self._task(step).save_files(self._folder))}

    def _do_resume(self, step: Mapping[str, Any]) -> dict[str, Any]:
        resumed = self._client(step).resume(timeout=step.get("timeout"), concurrency=8)
        return {"replies": [{"intentId": intent_id, "reply": json.loads(reply.to_json())} for intent_id, reply in resumed]}

    def _do_getStatus(self, step: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return _reply(self._client(step).get_status(step["taskId"], model=step.get("model")))

    def _do_getTask(self, step: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return _reply(self._client(step).get_task(step["taskId"], model=step.get("model")))

    def _do_cancelTask(self, step: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return _reply(self._client(step).cancel_task(step["taskId"], model=step.get("model")))

    def _do_account(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"value": self._client(step).account().amount}

    def _do_remoteTasks(self, step: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"value": len(self._client(step).remote_tasks())}

    def _do_unresolved(self, step: Mapping[str, Any]) -> dict[str, Any]:
        page = self._client(step).unresolved()
        return {"value": {"count": len(page), "damaged": len(page.damaged)}}

    def _do_tasks(self, step: Mapping[str, Any]) -> dict[str, Any]:
        page = self._client(step).tasks(owner=step.get("owner"))
        return {"value": {"count": len(page), "damaged": len(page.damaged)}}

    def _do_find(self, step: Mapping[str, Any]) -> dict[str, Any]:
        found = self._client(step).find(step["key"], owner=step.get("owner"))
        return {} if found is None else _handle(found)

    def _do_prune(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"value": self._client(step).prune(step.get("olderThan", 0))}

    def _do_kill(self, step: Mapping[str, Any]) -> None:
        name = step.get("client", "main")
        self._kill(name)
        self._how[name] = {**self._how.get(name, {}), **{part: step[part] for part in ("contract", "base") if part in step}}

    def _do_client(self, step: Mapping[str, Any]) -> None:
        self._how[step["as"]] = dict(step)

    def _do_close(self, step: Mapping[str, Any]) -> None:
        self._client(step).close()

    def _do_until(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"hung": not self._ask("/until", kind=step["kind"], count=step.get("count", 1))["came"]}

    def _do_asleep(self, step: Mapping[str, Any]) -> None:
        while self._clock.sleepers < step.get("count", 1):
            time.sleep(0.001)

    def _do_asked(self, step: Mapping[str, Any]) -> None:
        while self._keys.asked < step.get("count", 1):
            time.sleep(0.001)

    def _do_pause(self, step: Mapping[str, Any]) -> None:
        # Whatever begins meanwhile may; nothing is proven by it that did not.
        time.sleep(_PAUSE_S)

    def _do_clock(self, step: Mapping[str, Any]) -> None:
        if step.get("still"):
            self._clock.stand_still()
        if "advance" in step:
            self._clock.advance(step["advance"])
        if "back" in step:
            self._clock.set(self._clock.now_ms - round(step["back"] * 1_000))
        if "sleep" in step:
            self._clock.set(self._clock.now_ms + round(step["sleep"] * 1_000))
        if step.get("jump"):
            self._clock.jump()

    def _do_store(self, step: Mapping[str, Any]) -> None:
        if "edit" in step:
            self._store.edit(self._intent(step), json.loads(self._fill(json.dumps(step["edit"]))))
        if "faults" in step:
            self._store.plan(step["faults"])

    def _do_key(self, step: Mapping[str, Any]) -> None:
        self._keys.plan(step)

    def _do_release(self, step: Mapping[str, Any]) -> None:
        self._ask("/release")

    def _do_provider(self, step: Mapping[str, Any]) -> None:
        if "extend" in step:
            self._ask("/extend", script=step["extend"])
        if "listen" in step:
            self._ask("/listen", on=step["listen"])

    def _client(self, step: Mapping[str, Any]) -> gentask.Client:
        name = step.get("client", "main")
        if name not in self._made:
            how, row, process = self._how.get(name, {}), self._row.get("client") or {}, Process(self._store)
            contract = gentask.load_contract(self._ask("/contract", patch=how.get("contract")))
            options: dict[str, Any] = {
                "api_key": self._fill(how["apiKey"]) if "apiKey" in how else self._keys,
                "account": how.get("account"),
                "base_url": self._fill(how.get("base", "{base}")),
                "store": process,
                "clock": self._clock,
                "request_timeout": row.get("requestTimeout"),
                "max_read_retries": row.get("maxReadRetries"),
                "max_in_flight": row.get("gate"),
                "on_event": lambda event: self._events.append(f"{event.kind} {event.data}"),
            }
            self._made[name] = self._of_its_kind(contract, options), process
        return self._made[name][0]

    def _of_its_kind(self, contract: gentask.Contract, options: dict[str, Any]) -> gentask.Client:
        if self._loop is None:
            return gentask.Client(contract, **options)
        return cast("gentask.Client", Blocking(gentask.AsyncClient(contract, **options), self._loop))

    def _kill(self, name: str) -> None:
        if name in self._made:
            client, process = self._made.pop(name)
            process.alive = False
            self._dead.append(client)

    def _intent(self, step: Mapping[str, Any]) -> str:
        name = step.get("task", "it")
        return self._store.newest() if name == "newest" or name not in self._tasks else self._tasks[name]

    def _task(self, step: Mapping[str, Any]) -> gentask.TaskHandle:
        return self._client(step).task(self._intent(step))


def _order(step: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return step.get("model", "picture"), step.get("input", {"prompt": "a lighthouse"})


def _options(step: Mapping[str, Any]) -> dict[str, Any]:
    return {name: step[name] for name in ("key", "owner", "options") if name in step}


def _reply(reply: gentask.Reply) -> dict[str, Any]:
    return {"reply": json.loads(reply.to_json())}


def _handle(task: gentask.TaskHandle) -> dict[str, Any]:
    return {"handle": {"intentId": task.intent_id, "taskId": task.task_id}}


class Plays:
    """Rows that are played beside one another: they mostly wait for nothing."""

    def __init__(self, cases: Sequence[tuple[str, Kind]]) -> None:
        self.table = Table()
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE)
        self._played = {case: self._threads.submit(self.table.play, *case) for case in cases}

    def faults(self, case: tuple[str, Kind]) -> list[str]:
        """Wait for a row and return what is wrong with it."""
        return self._played[case].result()

    def close(self) -> None:
        """End it."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.table.close()
