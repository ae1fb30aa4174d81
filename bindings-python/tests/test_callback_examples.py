"""The examples that are called back run as they stand, behind a real server, with the sandbox as the provider."""

from __future__ import annotations

import importlib
import json
import urllib.parse

import pytest

from .support.servers import asgi, deliver, post, wsgi
from .test_examples import EXAMPLES, example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gentask import Client
    from gentask.testing import Sandbox

FORM = {"content-type": "application/x-www-form-urlencoded"}
SLOWLY = {"initial": 3600, "cap": 3600}


@pytest.fixture
def place(gentask_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lead clients that are made without a word to the sandbox."""
    gentask_sandbox.reset("apixo", taskMs={"image": 20}, readPerMin=0)
    monkeypatch.setenv("APIXO_BASE_URL", gentask_sandbox.base_url("apixo"))
    monkeypatch.setenv("APIXO_API_KEY", "any")
    monkeypatch.setenv("GENTASK_STORE", str(tmp_path / "tasks.db"))
    monkeypatch.setenv("GENTASK_CALLBACK_SECRET", "a-secret-of-the-tests-long-enough")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path


def ordered(address: str) -> None:
    """Order a picture."""
    status, body = post(f"{address}/pictures?", FORM, urllib.parse.urlencode({"owner": "anna", "prompt": "a sunset"}))
    assert (status, list(json.loads(body))) == (202, ["id"])


def is_taken(client: Client) -> None:
    """Wait until the callback has come, and the status call after it has brought the end."""
    while not client.notices():
        pass
    assert [(notice.owner, notice.reply.status) for notice in client.notices()] == [("anna", "success")]
    assert [each.outcome for each in client.deliveries()] == ["poke"]


def test_fastapi_callbacks(place: Path, gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fastapi")
    module = example("fastapi_callbacks")
    monkeypatch.setattr(module, "make_client", lambda: gentask_sandbox.async_client(poll=SLOWLY))
    told: list[Any] = []

    async def tell(notice: Any) -> None:
        told.append((notice.owner, notice.reply.status))
        if len(told) == 1:
            raise OSError("once")

    monkeypatch.setattr(module, "tell", tell)
    with asgi(module.app) as address:
        monkeypatch.setenv("PUBLIC_URL", address)
        status, _ = post(f"{address}/pictures?owner=anna&prompt=a+sunset", {}, b"")
        assert status == 202
        while len(told) < 2:
            pass
        assert told == [("anna", "success")] * 2
        assert post(f"{address}/gentask?gentask=forged", {}, b"{}") == (401, b"unauthorized")
        assert post(f"{address}/gentask?", {}, b"", "GET") == (405, b"method not allowed")


def test_flask_callbacks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("flask")
    module = example("flask_callbacks")
    with module.client as client, wsgi(module.app) as address:
        monkeypatch.setenv("PUBLIC_URL", address)
        ordered(address)
        is_taken(client)
        assert post(f"{address}/gentask?gentask=forged", {}, b"{}") == (401, b"unauthorized")
        said = module.app.test_cli_runner().invoke(args=["settle"])
        assert (said.exit_code, said.output) == (0, "anna success\n")
        assert client.notices() == []


def test_django_callbacks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("django")
    from gentask.testing import sign_test_callback

    # Django finds it by its name.
    monkeypatch.syspath_prepend(str(EXAMPLES))
    module = importlib.import_module("django_callbacks")
    with module.client as client, wsgi(module.application) as address:
        monkeypatch.setenv("PUBLIC_URL", address)
        ordered(address)
        is_taken(client)
        assert post(f"{address}/gentask?gentask=forged", {}, b"{}") == (401, b"unauthorized")
        large = sign_test_callback(client, client.notices()[0].intent_id, url=f"{address}/gentask", body=bytes(2**20 + 1))
        assert deliver(large) == (413, b"too large")
