"""Every block of the README and every example runs, so that neither rots."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

import gentask
from gentask.testing import ManualClock

from .support.jobs import job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from gentask.testing import Sandbox

PACKAGE = Path(__file__).parent.parent
EXAMPLES = PACKAGE / "examples"
README = (PACKAGE / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A piece of Python in the README."""

    line: int
    code: str

    @property
    def example(self) -> str | None:
        """The example that it is a part of."""
        return next((path.name for path in sorted(EXAMPLES.glob("*.py")) if self.code in path.read_text(encoding="utf-8")), None)


def blocks() -> list[Block]:
    found = FENCE.finditer(README)
    return [Block(README.count("\n", 0, each.start()) + 1, textwrap.dedent(each["code"])) for each in found]


@pytest.fixture
def place(gentask_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lead clients that are made without a word to the sandbox, and files to a folder of the test's own."""
    monkeypatch.setenv("APIXO_BASE_URL", gentask_sandbox.base_url("apixo"))
    monkeypatch.setenv("APIXO_API_KEY", "any")
    monkeypatch.setenv("GENTASK_STORE", str(tmp_path / "tasks.db"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PYTHONPATH", str(EXAMPLES))
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", [block for block in blocks() if block.example is None], ids=lambda block: f"line {block.line}")
def test_a_block_of_the_readme_runs(block: Block, place: Path, gentask_sandbox: Sandbox) -> None:
    for needed in re.findall(r"^(?:import|from) (httpx|gentask\\.otel)", block.code, re.MULTILINE):
        pytest.importorskip(needed, exc_type=ImportError)
    with gentask_sandbox.client("apixo") as client:
        known: dict[str, Any] = {"client": client, "gentask": gentask}
        exec(compile(block.code, f"README.md, line {block.line}", "exec"), known)
        for name, test in known.items():
            if name.startswith("test_"):
                test(gentask_sandbox)


def test_blocks_that_need_more_are_parts_of_examples() -> None:
    assert {block.example for block in blocks()} == {None, "fastapi_app.py", "fastapi_callbacks.py"}


def test_the_readme_says_what_happens(place: Path, gentask_sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    def said(word: str) -> str:
        [block] = [block for block in blocks() if word in block.code]
        with gentask_sandbox.client("apixo") as client:
            exec(block.code, {"client": client, "gentask": gentask})
        return capsys.readouterr().out

    assert said("Machine.prepare").split() == ["save", "event", "transmit"]
    assert "SavedFile(path='pictures/" in said("from gentask.testing import Sandbox")
    assert said("except gentask.SubmitUnknown").startswith("GENERATION_FAILED possible [")
    assert "amount" in said("gentask.httpx")


def test_what_a_process_left_is_driven_to_its_end(place: Path, gentask_sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    with gentask.Client("apixo") as client:
        task = submit(client)
        gentask_sandbox.script("apixo", [{"on": "submit", "fault": {"kind": "resetAfterBody"}}])
        with pytest.raises(gentask.SubmitUnknown) as lost:
            submit(client)
    [block] = [block for block in blocks() if "client.resume(" in block.code]
    exec(block.code, {})
    *ended, unresolved = capsys.readouterr().out.splitlines()
    assert sorted(ended) == sorted([f"{task.intent_id} success None", f"{lost.value.intent_id} unknown SUBMIT_UNKNOWN"])
    assert unresolved.startswith(f"{lost.value.intent_id} 20")


def test_the_readme_names_every_exception_and_is_short() -> None:
    for kind in gentask.errors.BY_CODE.values():
        assert f"`{kind.__name__}`" in README
    assert README.count("\n") <= 265


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (PACKAGE / target).exists()


def example(name: str) -> ModuleType:
    """Load an example as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_quickstart(place: Path) -> None:
    done = subprocess.run([sys.executable, EXAMPLES / "quickstart.py"], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "submitted twice, paid 1 time; the same task: True" in done.stdout
    assert "CONTENT_REJECTED: change the prompt" in done.stdout
    [picture] = (place / "pictures").iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_fastapi_app(place: Path, gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    testing = pytest.importorskip("fastapi.testclient")
    module = example("fastapi_app")
    monkeypatch.setattr(module, "make_client", gentask_sandbox.async_client)
    with testing.TestClient(module.app) as http:
        anna, ben = {"x-user": "anna"}, {"x-user": "ben"}
        asked: dict[str, Any] = {"params": {"prompt": "a sunset"}, "headers": {"idempotency-key": "order-42", **anna}}
        first, again = http.post("/pictures", **asked), http.post("/pictures", **asked)
        assert first.status_code == again.status_code == 202
        assert first.json() == again.json()
        assert gentask_sandbox.submits() == 1
        where = f"/pictures/{first.json()['id']}"
        assert http.get(where, headers=anna).json()["status"] in ("pending", "processing", "success")
        http.portal.call(module.app.state.client.resume)
        done = http.get(where, headers=anna).json()
        assert (done["status"], len(done["files"])) == ("success", 1)
        told = http.get(f"{where}/events", headers=anna)
        assert told.headers["content-type"].startswith("text/event-stream")
        assert [line for line in told.text.splitlines() if line.startswith("event: ")] == ["event: update", "event: end"]
        assert http.get(f"{where}/events", headers=ben).status_code == 404
        # Neither the task nor the key is another one's.
        assert http.get(where, headers=ben).status_code == 404
        assert http.get(where).status_code == 422
        bens = http.post("/pictures", params=asked["params"], headers={"idempotency-key": "order-42", **ben})
        assert bens.json()["id"] != first.json()["id"]
        assert http.post("/pictures", params={"prompt": "another"}, headers=asked["headers"]).status_code == 409
        assert http.get("/pictures/none", headers=anna).status_code == 404
        assert http.post("/pictures", params={"prompt": ""}, headers={"idempotency-key": "a", **anna}).status_code == 422
        gentask_sandbox.script("apixo", [{"on": "submit", "fault": {"kind": "resetAfterBody"}}])
        lost = http.post("/pictures", params={"prompt": "a forest"}, headers={"idempotency-key": "order-43", **anna})
        assert (lost.status_code, lost.json()["code"], lost.json()["billing"]) == (202, "SUBMIT_UNKNOWN", "possible")
        assert http.get(f"/pictures/{lost.json()['id']}", headers=anna).json()["status"] == "unknown"


def test_fastapi_app_takes_an_order_again_that_was_refused_five_times(
    place: Path, gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    testing = pytest.importorskip("fastapi.testclient")
    module = example("fastapi_app")
    clock = ManualClock()
    # The application's worker sleeps by it too.
    clock.stand_still()
    monkeypatch.setattr(module, "make_client", lambda: gentask_sandbox.async_client(clock=clock))
    limited = {"kind": "status", "code": 429, "headers": {"retry-after": "600"}}
    gentask_sandbox.script("apixo", [{"on": "submit", "nth": [1, 2, 3, 4, 5], "fault": limited}])
    with testing.TestClient(module.app) as http:
        asked: dict[str, Any] = {"params": {"prompt": "a sunset"}, "headers": {"idempotency-key": "order-42", "x-user": "anna"}}
        for attempt in range(1, 6):
            refused = http.post("/pictures", **asked)
            assert (refused.status_code, refused.json()["billing"]) == (503, "none")
            assert gentask_sandbox.submits() == attempt
            # As the answer says: within its time nothing is sent, and after it the same request is a new attempt.
            assert http.post("/pictures", **asked).status_code == 503
            assert gentask_sandbox.submits() == attempt
            clock.advance(int(refused.headers["retry-after"]) + 1)
        assert http.post("/pictures", **asked).status_code == 202
    assert (gentask_sandbox.submits(), gentask_sandbox.stats("apixo")["tasks"]) == (6, 1)


def test_celery_task(place: Path, gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("celery")
    monkeypatch.setenv("CELERY_BROKER", "memory://")
    module = example("celery_task")
    arguments = ("order-42", "a sunset", "pictures")
    # The message is delivered twice.
    first, again = (module.picture.apply(arguments).get() for _ in range(2))
    assert first == again
    assert Path(first[0]).read_bytes().startswith(b"\x89PNG")
    assert gentask_sandbox.submits() == 1
    # Refused at no cost, the message comes again later, under the same key.
    limited = {"kind": "status", "code": 429, "headers": {"retry-after": "600"}}
    gentask_sandbox.script("apixo", [{"on": "submit", "nth": 1, "fault": limited}])
    retry = pytest.importorskip("celery.exceptions").Retry
    with pytest.raises(retry) as again_later:
        module.picture.apply(("order-43", "a sunset", "pictures"), throw=True, retries=0)
    assert isinstance(again_later.value.exc, gentask.RateLimited)
    module.client.close()


def test_own_store_keeps_tasks_through_everything(place: Path, gentask_sandbox: Sandbox) -> None:
    store = example("own_store").SqlStore(str(place / "own.db"))
    gentask_sandbox.script("apixo", [{"on": "submit", "nth": 3, "fault": {"kind": "resetAfterBody"}}])
    with gentask_sandbox.client(store=store) as client:
        done = submit(client, key="order-1")
        done.wait()
        running = submit(client, "[slow]", owner="user-42")
        with pytest.raises(gentask.SubmitUnknown) as lost:
            submit(client)
    # Another process would find the same.
    store = example("own_store").SqlStore(str(place / "own.db"))
    with gentask_sandbox.client(store=store) as client:
        assert submit(client, key="order-1").intent_id == done.intent_id
        with pytest.raises(gentask.InvalidPayload):
            submit(client, "[fail]", key="order-1")
        assert [record.intent_id for record in client.tasks()] == [done.intent_id, running.intent_id, lost.value.intent_id]
        assert [record.intent_id for record in client.tasks(owner="user-42", limit=1)] == [running.intent_id]
        assert client.get_status(done.task_id or "").status == "success"
        assert {intent: reply.status for intent, reply in client.resume()}[running.intent_id] == "success"
        [record] = client.unresolved()
        assert client.discard(record.intent_id).status == "cancelled"
        assert not client.unresolved().records
    assert gentask_sandbox.submits() == 3


def test_own_store_lets_one_of_many_win(place: Path, gentask_sandbox: Sandbox) -> None:
    store = example("own_store").SqlStore(str(place / "own.db"))
    clients = [gentask_sandbox.client(store=store) for _ in range(4)]
    begin = threading.Barrier(len(clients))
    intents = []

    def order(client: gentask.Client) -> None:
        begin.wait(60)
        intents.append(client.submit(*job(), key="order-1").intent_id)

    threads = [threading.Thread(target=order, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for client in clients:
        client.close()
    assert len(intents) == 4
    assert len(set(intents)) == 1
    assert gentask_sandbox.submits() == 1


def test_own_store_saves_all_or_nothing(place: Path, gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        first, second = (submit(client, key=key).record() for key in ("a", "b"))
    store = example("own_store").SqlStore(str(place / "own.db"))
    assert not store.save(first, {"raw": b"1"}, 7, True)
    assert store.load(first.intent_id) is None
    assert store.blob(first.intent_id, "raw") is None
    assert store.save(first, {"raw": b"1"}, 0, True)
    assert not store.save(first, {"raw": b"2"}, 0, True)
    assert store.blob(first.intent_id, "raw") == b"1"
    assert store.save(first, {"raw": None}, first.version, False)
    assert store.blob(first.intent_id, "raw") is None
    # The same key under another name.
    taken = gentask.TaskRecord.from_json(second.to_json().replace('"callerKey":"b"', '"callerKey":"a"'))
    assert taken.key == "a"
    assert not store.save(taken, {"raw": b"3"}, 0, True)
    assert store.load(taken.intent_id) is None
    assert store.load(first.intent_id) == first
    assert store.meta("seed") is None
    assert store.meta("seed", "1", True) == "1"
    assert store.meta("seed", "2", True) == "1"
    assert store.meta("seed", "3") == "3" == store.meta("seed")


def test_the_examples_are_all_run_here() -> None:
    names = {path.stem for path in EXAMPLES.glob("*.py")}
    called_back = {"fastapi_callbacks", "flask_callbacks", "django_callbacks"}
    assert names == {"quickstart", "fastapi_app", "celery_task", "own_store", "host"} | called_back
    files = ("test_examples.py", "test_hosts.py", "test_callback_examples.py")
    here = "".join((PACKAGE / "tests" / name).read_text(encoding="utf-8") for name in files)
    for name in names:
        assert f"def test_{name}" in here
    assert os.access(EXAMPLES, os.R_OK)
