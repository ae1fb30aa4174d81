"""What nobody checks is told: a model that is almost one that the contract lists, and fields that it does not know."""

from __future__ import annotations

import subprocess
import sys

import gentask

PICTURE = {"mode": "text-to-image", "prompt": "a fox"}

PROGRAM = """
import logging
import gentask

logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
picture = {"mode": "text-to-image", "prompt": "a fox"}
for _ in range(3):
    gentask.validate("apixo", "nanobanana", picture)
gentask.validate("apixo", "nano-bananna", picture)
gentask.validate("apixo", "made-tomorrow", picture)
gentask.validate("apixo", "nano-banana", picture)
with gentask.Client("apixo", api_key="any", base_url="http://127.0.0.1:9", store=gentask.MemoryStore()) as client:
    client.dry_run("nanobanana", picture)
"""


def test_a_near_miss_is_warned_about_once_in_a_process_and_never_refused() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    words = 'gentask: APIXO\'s contract does not list the model "{}", but "nano-banana": its input is not checked before it is sent'
    assert ran.stderr.splitlines() == [words.format("nanobanana"), words.format("nano-bananna")]


def test_what_nobody_checks_can_be_asked_for() -> None:
    contract = gentask.load_contract("apixo")
    assert contract.unchecked("nano-banana", PICTURE) == []
    assert contract.unchecked("nano-banana", {**PICTURE, "aspct_ratio": "1:1"}) == [
        'APIXO\'s contract does not know the field "aspct_ratio" of nano-banana (perhaps "aspect_ratio"): it was not checked'
    ]
    (model,) = contract.unchecked("nanobanana", PICTURE)
    assert "nano-banana" in model
