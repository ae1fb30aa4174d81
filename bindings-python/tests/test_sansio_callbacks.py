"""Callbacks in a host of one's own: what calls ask for, and what they bring."""

from __future__ import annotations

import json

import pytest

import gentask
from gentask import sansio
from gentask.sansio import Client, answers, effects
from gentask.testing import TestCallback, sign_test_callback

from .support.hosts import ACCEPTED, DONE, Host
from .support.machines import APIXO
from .vectors.files import ROOT

SECRET = "a-secret-of-our-own-for-the-tokens"
SEED = bytes(range(32))
KEPT = {"areKept": True, "secrets": {"token": [{"text": SECRET}]}}


def host(*script: answers.Answer) -> Host:
    return Host(*script, client=Client(APIXO, holder="test", callbacks=KEPT))


def callback(of: Host, intent_id: str, body: str = "{}") -> TestCallback:
    return sign_test_callback(APIXO, intent_id, body, callback_secret=SECRET, now_ms=of.now)


def test_a_callback_is_received_followed_up_and_its_end_acknowledged() -> None:
    of = host(ACCEPTED, DONE)
    intent_id = of.run(of.submit(callback_url="https://app.example.com/hook")).record.intent_id
    came = callback(of, intent_id)
    receipt = of.run(of.client.receive(*came, of.now))
    assert (receipt.http_status, receipt.body, receipt.outcome, receipt.intent_id) == (200, "ok", "poke", intent_id)
    assert (receipt.follow_up, receipt.token_secret, receipt.signing_secret, receipt.reason) == (True, 0, None, None)
    assert of.run(of.client.receive(*came, of.now)).outcome == "duplicate"
    assert of.run(of.client.notices(of.now)) == []
    assert of.run(of.client.follow_up(intent_id, of.now)).status == "success"
    (notice,) = of.run(of.client.notices(of.now, limit=5))
    assert (notice.record.intent_id, notice.reply.status) == (intent_id, "success")
    assert [of.run(of.client.acknowledge(intent_id, of.now)) for _ in range(2)] == [True, False]
    saves = [each for each in of.log if isinstance(each, effects.Save)]
    assert [each.is_end for each in saves] == [False] * (len(saves) - 1) + [True]
    assert [each.delivery.body for each in saves if each.delivery is not None] == [b"{}"]


def test_a_store_that_refuses_has_the_provider_send_it_again() -> None:
    of = host(ACCEPTED)
    intent_id = of.run(of.submit(callback_url="https://app.example.com/hook")).record.intent_id
    call = of.client.receive(*callback(of, intent_id), of.now)
    step = call.next(now=of.now)
    assert isinstance(step, sansio.Do)
    end = call.next((step.number, answers.Refused("the disk is gone", "readOnly")), now=of.now)
    assert isinstance(end, sansio.Done)
    receipt = end.result()
    assert (receipt.http_status, receipt.outcome) == (503, "unavailable")
    assert "the disk is gone" in str(receipt.reason)


def test_a_host_that_keeps_none_is_not_called_back() -> None:
    of = Host()
    with pytest.raises(gentask.Unsupported, match="keeps no callbacks"):
        of.submit(callback_url="https://app.example.com/hook")


def test_published_keys_are_fetched_and_verify_a_signature() -> None:
    fal = gentask.load_contract(ROOT / "contracts" / "fal.json")
    client = Client(fal, holder="test", callbacks={"areKept": True})
    body = json.dumps({"request_id": "task-1", "status": "OK"})
    of = Host(client=client)
    came = sign_test_callback(fal, None, body, seed=SEED, now_ms=of.now)
    step = of.until(client.receive(*came, of.now), effects.Send)
    assert isinstance(step.effect, effects.Send)
    assert (step.effect.operation, step.effect.auth, step.effect.method) == ("keys", False, "GET")


def test_a_signature_is_verified_strictly() -> None:
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert sansio.verify_ed25519(key, b"", signature)
    assert not sansio.verify_ed25519(key, b"x", signature)
    order = 2**252 + 27742317777372353535851937790883648493
    again = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not sansio.verify_ed25519(key, b"", again)
    assert not sansio.verify_ed25519(bytes(32), b"", bytes(64))


def test_a_worker_s_calls_claim_a_task_ask_about_it_and_hand_its_end_out_once() -> None:
    of = host(ACCEPTED, DONE)
    intent_id = of.run(of.submit()).record.intent_id
    first = of.run(of.client.work(of.now, settles=True))
    assert (first.due, first.settled, first.left, first.problem) == ([], [], [], None)
    assert first.again > of.now
    of.now += 60_000
    (record,) = of.run(of.client.work(of.now, settles=True)).due
    assert record.intent_id == intent_id
    assert of.run(of.client.work(of.now)).due == [], "it is in hand"
    turn = of.run(of.client.turn(record, of.now, settles=True))
    assert (turn.reply.status, turn.is_news) == ("success", True)
    assert turn.notice is not None
    assert turn.notice.record.intent_id == intent_id
    assert of.run(of.client.work(of.now, settles=True)).settled == [], "it is being told"
    assert of.run(of.client.handled(intent_id, True, of.now)) is True
    assert of.run(of.client.work(of.now, settles=True)).settled == []
    assert of.run(of.client.release(of.now)) == 0
    saves = [each.json for each in of.log if isinstance(each, effects.Save)]
    claims = ['"lease":{"holder":"test"' in each for each in saves]
    assert claims[-2:] == [True, True], "it is claimed before the request leaves, and still is when the application hears of its end"
