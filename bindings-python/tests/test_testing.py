"""What users test their own code with: the sandbox and its fixture."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata

import pytest

import gentask
from gentask import pytest_plugin
from gentask.testing import ManualClock, Sandbox

from .support.faults import rule
from .support.jobs import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def test_each_provider_takes_a_task_to_its_end(gentask_sandbox: Sandbox) -> None:
    assert set(gentask_sandbox.providers) == set(gentask.built_in_providers())
    for provider in gentask_sandbox.providers:
        with gentask_sandbox.client(provider) as client:
            assert submit(client).wait().files
        assert gentask_sandbox.submits(provider) == 1


def test_any_key_is_accepted_unless_one_is_set(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client(api_key="any") as client:
        submit(client)
        gentask_sandbox.reset("apixo", apiKey="the one")
        with pytest.raises(gentask.AuthFailed):
            submit(client)
    with gentask_sandbox.client(api_key="the one") as client:
        submit(client)
    assert gentask_sandbox.stats("apixo")["unauthorised"] == 1


def test_proxies_of_the_environment_are_not_used(gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with gentask_sandbox.client() as client:
        assert submit(client).wait().ok
    assert gentask_sandbox.submits() == 1


def test_clients_of_a_sandbox_share_a_store(gentask_sandbox: Sandbox) -> None:
    async def other(intent_id: str) -> str:
        async with gentask_sandbox.async_client() as client:
            return (await client.task(intent_id)).model

    with gentask_sandbox.client() as client:
        task = submit(client)
    assert asyncio.run(other(task.intent_id)) == task.model


def test_a_caller_s_options_win(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    with gentask_sandbox.client(store=tmp_path / "tasks.db", account="second") as client:
        submit(client)
        assert client.account_label == "second"
    assert (tmp_path / "tasks.db").exists()


def test_code_that_makes_its_own_client_finds_the_sandbox(
    gentask_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in gentask_sandbox.env().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GENTASK_STORE", str(tmp_path / "tasks.db"))
    for provider in gentask_sandbox.providers:
        with gentask.Client(provider) as client:
            assert submit(client).wait(timeout=30).ok
        assert gentask_sandbox.submits(provider) == 1


def test_the_variables_of_a_sandbox_are_those_of_its_providers() -> None:
    with Sandbox(["apixo"], speed=3) as sandbox:
        found = sandbox.env()
        assert found.keys() == {"APIXO_BASE_URL", "APIXO_API_KEY", "GENTASK_POLL_MS"}
        assert found["APIXO_BASE_URL"] == sandbox.base_url("apixo")
        assert found["GENTASK_POLL_MS"] == "334"


def test_a_script_makes_requests_go_wrong_until_it_is_replaced(gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=1)])
    with gentask_sandbox.client() as client:
        with pytest.raises(gentask.SubmitUnknown):
            submit(client)
        submit(client)
        gentask_sandbox.script(None, [rule("submit", "notJson")])
        with pytest.raises(gentask.SubmitUnknown):
            submit(client)
        gentask_sandbox.script(None, [])
        submit(client)
    assert gentask_sandbox.stats("apixo")["faults"] == 2


def test_what_a_lost_submit_made_is_listed_and_can_be_adopted(gentask_sandbox: Sandbox) -> None:
    lost = {"on": "submit", "nth": 1, "fault": {"kind": "resetAfterBody"}}
    gentask_sandbox.script("apixo", [lost])
    with gentask_sandbox.client("apixo") as client:
        with pytest.raises(gentask.SubmitUnknown) as unknown:
            client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a lost cat"})
        (made,) = gentask_sandbox.tasks("apixo")
        assert (made["model"], made["prompt"]) == ("nano-banana", "a lost cat")
        intent_id = unknown.value.intent_id or ""
        assert client.adopt(intent_id, made["taskId"]).ok
        assert client.task(intent_id).wait().task_id == made["taskId"]


def test_a_reset_forgets_what_was_seen(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        task = submit(client)
        gentask_sandbox.reset("apixo")
        assert gentask_sandbox.submits() == 0
        assert client.get_status(task.task_id or "").error_code is not None


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([{"on": "submit", "fault": {"kind": "sulk"}}], "sulk"),
        ([{"on": "lunch", "fault": {"kind": "notJson"}}], "lunch"),
        ([{"on": "submit"}], "fault"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_the_reason(gentask_sandbox: Sandbox, rules: list[dict[str, object]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        gentask_sandbox.script("apixo", rules)


def test_an_option_that_is_none_is_refused_with_the_reason(gentask_sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="apiKee"):
        gentask_sandbox.reset("apixo", apiKee="k")


def test_a_provider_that_is_none_is_refused_with_those_there_are(gentask_sandbox: Sandbox) -> None:
    for ask in (gentask_sandbox.base_url, gentask_sandbox.stats, gentask_sandbox.submits, gentask_sandbox.reset, gentask_sandbox.client):
        with pytest.raises(ValueError, match="apixp"):
            ask("apixp")
    with pytest.raises(ValueError, match=r"it has .*apixo"):
        gentask_sandbox.script("apixp", [])


def test_a_sandbox_of_one_contract_has_that_provider_alone() -> None:
    contract = gentask.load_contract("apidot")
    with Sandbox([contract]) as sandbox, sandbox.client(contract) as client:
        assert sandbox.providers == ["apidot"]
        submit(client)
        assert sandbox.submits("apidot") == 1


def test_a_closed_sandbox_is_gone() -> None:
    sandbox = Sandbox()
    url = sandbox.url
    sandbox.close()
    sandbox.close()
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.stats()
    with pytest.raises(urllib.error.URLError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10)
    assert "apixo" in repr(sandbox)


def test_pytest_finds_the_fixture_by_itself() -> None:
    found = [entry for entry in metadata.entry_points(group="pytest11") if entry.name == "gentask"]
    assert [entry.value for entry in found] == ["gentask.pytest_plugin"]
    assert found[0].load() is pytest_plugin


ORDERS = """
    def place(client, order):
        return client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset"}, key=order)
"""

TEST_ORDERS = """
    import asyncio, gentask, orders, pytest

    def test_an_order_is_paid_once(gentask_sandbox):
        with gentask_sandbox.client("apixo") as client:
            first, again = orders.place(client, "order-42"), orders.place(client, "order-42")
            assert first.intent_id == again.intent_id
            assert first.wait().files
        assert gentask_sandbox.submits("apixo") == 1

    def test_each_test_has_a_sandbox_of_its_own(gentask_sandbox):
        assert gentask_sandbox.submits("apixo") == 0

    def test_a_lost_answer_is_not_paid_again(gentask_sandbox):
        gentask_sandbox.script("apixo", [{"on": "submit", "fault": {"kind": "resetAfterBody"}}])
        with gentask_sandbox.client("apixo") as client:
            for _ in range(2):
                with pytest.raises(gentask.SubmitUnknown):
                    orders.place(client, "order-43")
        assert gentask_sandbox.submits("apixo") == 1

    def test_an_event_loop_will_do(gentask_sandbox):
        async def main():
            async with gentask_sandbox.async_client("apixo") as client:
                return await (await orders.place(client, None)).wait()
        assert asyncio.run(main()).ok
"""


def test_a_project_of_its_own_uses_the_fixture_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "orders.py").write_text(textwrap.dedent(ORDERS))
    (tmp_path / "test_orders.py").write_text(textwrap.dedent(TEST_ORDERS))
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\naddopts = --strict-markers --strict-config\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
    listed = subprocess.run([*command, "--fixtures"], cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=120)
    assert "gentask_sandbox" in listed.stdout


def test_a_day_of_waiting_takes_no_time_on_a_clock_of_the_test_s(gentask_sandbox: Sandbox) -> None:
    clock = ManualClock(at_ms=1_700_000_000_000)
    with gentask_sandbox.client(clock=clock, poll={"initial": 3_600, "factor": 1, "cap": 3_600}) as client:
        task = submit(client, "[stuck]")
        with pytest.raises(gentask.WaitTimeout):
            task.wait(timeout=86_400)
    assert clock.now_ms == 1_700_000_000_000 + 86_400_000
    clock.advance(1.5)
    clock.set(clock.now_ms - 500)
    assert (clock.now_ms, clock.sleepers) == (1_700_086_401_000, 0)


def test_a_sleep_waits_for_a_clock_that_stands_still(gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.reset("apixo", taskMs={"image": 0}, pendingMs=0, readPerMin=0)
    clock = ManualClock()
    clock.stand_still()
    with gentask_sandbox.client(clock=clock) as client, ThreadPoolExecutor() as threads:
        task = submit(client)
        waiting = threads.submit(task.wait, timeout=60)
        while not clock.sleepers:
            assert not waiting.done()
        clock.jump()
        assert waiting.result().files
