"""Ends a task, and is killed while it does what follows from that, before the end is acknowledged."""

from __future__ import annotations

import os
import signal
import sys

import gentask

BASE_URL, STORE = sys.argv[1:]


def killed(notice: gentask.Notice[gentask.TaskHandle]) -> None:
    print(notice.intent_id, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


client = gentask.Client("apixo", api_key="any", base_url=BASE_URL, store=STORE)
client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset"}, owner="anna").wait()
client.settle_notices(killed)
