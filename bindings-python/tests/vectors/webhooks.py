"""Callbacks, judged: each verdict, and each signature verified one by one too."""

from __future__ import annotations

import functools
import json
from base64 import b64decode

import gentask
from gentask import sansio

from .compare import must_be_same
from .files import FOLDER, contract

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask import Contract

    from .files import Case


def webhooks(case: Case) -> Any:
    """Judge a delivery."""
    came = case["arrival"]
    repeat = came.get("bodyRepeat")
    body = b64decode(came["bodyBase64"]) if repeat is None else (repeat["text"] * repeat["times"]).encode()
    headers = [(name, value) for name, value in came["headers"]]
    jwks = case["jwks"].encode() if "jwks" in case else None
    of = contract(case["contract"]) if "contract" in case else with_callback(case["callback"])
    said = sansio.judge(of, case["secrets"], came["method"], came["url"], headers, body, case["now"], jwks=jwks)
    for candidate in said.get("candidates", ()):
        message = candidate.pop("messageBase64")
        # It is the same for all.
        assert said.setdefault("messageBase64", message) == message
        holds = sansio.verify_ed25519(bytes.fromhex(candidate["key"]), b64decode(message), bytes.fromhex(candidate["signature"]))
        must_be_same("a signature, verified by itself", candidate["holds"], holds)
    return said


@functools.cache
def with_callback(scheme: str) -> Contract:
    """Load the example contract with one of the schemes."""
    folder = FOLDER / "callbacks"
    source = json.loads((folder / "contract.json").read_bytes())
    return gentask.load_contract({**source, "callback": json.loads((folder / "schemes.json").read_bytes())[scheme]})
