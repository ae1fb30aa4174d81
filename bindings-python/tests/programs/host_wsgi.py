"""A web application with one client, made and used when it is loaded: by gunicorn's master, before it forks its workers."""

from __future__ import annotations

import json
import os

import gentask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

client = gentask.Client("apixo", store=os.environ["HOST_STORE"], poll={"initial": 0.05, "factor": 1.0, "cap": 0.05})


def paid(key: str) -> str:
    task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a page"}, key=key)
    return task.intent_id if task.wait(30).ok else "never"


MASTER = (os.getpid(), paid("master"))


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer with who answers, and with the task of the key that is the path."""
    answer = {"master": MASTER, "worker": os.getpid(), "intent": paid(environ["PATH_INFO"].strip("/"))}
    body = json.dumps(answer).encode()
    start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(body)))])
    return [body]
