"""Signatures against two independent packages: what they sign is ours to verify, and what we sign theirs."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone

import pytest
import standardwebhooks
import svix.webhooks

from gentask import load_contract
from gentask.testing import Sandbox, sign_test_callback

from .vectors.files import ROOT, example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gentask import Client, TaskHandle

REPLICATE = load_contract(ROOT / "contracts" / "replicate.json")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
SIGNERS = [standardwebhooks.Webhook, svix.webhooks.Webhook]
FAULTS = (standardwebhooks.WebhookVerificationError, svix.webhooks.WebhookVerificationError)


@pytest.fixture
def client() -> Iterator[Client]:
    """Give a client of a provider that signs by Standard Webhooks."""
    with Sandbox([REPLICATE], speed=1) as sandbox, sandbox.client(REPLICATE, signing_secrets=[OTHER, SECRET]) as client:
        yield client


@pytest.fixture
def task(client: Client) -> TaskHandle:
    """Give a task that runs."""
    generation = example("contracts/replicate.json")
    return client.submit(generation["model"], generation["input"], callback_url="http://127.0.0.1:9/hook")


def done(task: TaskHandle) -> str:
    # Not as a program would write it, and with more than ASCII: what is signed is the bytes.
    return json.dumps(
        {"id": task.task_id, "status": "succeeded", "output": "https://replicate.delivery/ä.png"}, ensure_ascii=False, indent=3
    )


def signed(signer: Any, body: str, *, at: datetime | None = None, secret: str = SECRET) -> dict[str, str]:
    at = at or datetime.now(timezone.utc)
    signature = signer(secret).sign("msg_7", at, body)
    return {"webhook-id": "msg_7", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


@pytest.mark.parametrize("signer", SIGNERS)
def test_what_they_sign_ends_the_task(signer: Any, client: Client, task: TaskHandle) -> None:
    url = sign_test_callback(client, task).url
    body = done(task)
    receipt = client.receive("POST", url, signed(signer, body), body.encode())
    assert (receipt.outcome, receipt.token_secret, receipt.signing_secret) == ("applied", 0, 1)
    assert (task.reply().status, [file.url for file in task.reply().files]) == ("success", ["https://replicate.delivery/ä.png"])
    assert [(each.outcome, each.verified) for each in client.deliveries()] == [("applied", True)]
    assert client.receive("POST", url, signed(signer, body), body.encode()).outcome == "duplicate"


@pytest.mark.parametrize("signer", SIGNERS)
def test_what_they_sign_otherwise_is_refused(signer: Any, client: Client, task: TaskHandle) -> None:
    url, body, now = sign_test_callback(client, task).url, done(task), datetime.now(timezone.utc)
    good = signed(signer, body)
    for headers, sent in [
        (good, body + "\n"),
        (good, json.dumps(json.loads(body))),
        (signed(signer, body, secret="whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), body),
        (signed(signer, body, at=now - timedelta(minutes=6)), body),
        (signed(signer, body, at=now + timedelta(minutes=6)), body),
        ({**good, "webhook-id": "msg_8"}, body),
        ({name: value for name, value in good.items() if name != "webhook-timestamp"}, body),
        ({}, body),
    ]:
        receipt = client.receive("POST", url, headers, sent.encode())
        assert (receipt.http_status, receipt.outcome) == (401, "refused")
    assert client.receive("POST", url, good, body.encode()).outcome == "applied"


@pytest.mark.parametrize("signer", SIGNERS)
def test_what_we_sign_is_theirs_to_verify(signer: Any, client: Client, task: TaskHandle) -> None:
    callback = sign_test_callback(client, task, done(task), signing_secret=SECRET)
    signer(SECRET).verify(callback.body, callback.headers)
    with pytest.raises(FAULTS):
        signer(SECRET).verify(callback.body + b" ", callback.headers)
    with pytest.raises(FAULTS):
        signer(OTHER).verify(callback.body, callback.headers)
    late = sign_test_callback(client, task, done(task), signing_secret=SECRET, now_ms=int(time.time() * 1000) - 360_000)
    with pytest.raises(FAULTS):
        signer(SECRET).verify(late.body, late.headers)
    assert client.receive(*callback).outcome == "applied"
