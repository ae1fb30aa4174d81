"""One picture from submit to file, at a provider that is simulated on this machine: no key, no network, nothing is paid.

python examples/quickstart.py
"""

from __future__ import annotations

import gentask
from gentask.testing import Sandbox

ORDER = {"mode": "text-to-image", "prompt": "a sunset over the sea"}

with Sandbox(speed=1) as sandbox, sandbox.client("apixo") as client:
    task = client.submit("nano-banana", ORDER, key="order-42")
    print(f"accepted as {task.task_id}")

    # The same key is the same task: a second worker, a redelivered message or a user's second click pays nothing.
    again = client.submit("nano-banana", ORDER, key="order-42")
    print(f"submitted twice, paid {sandbox.submits('apixo')} time; the same task: {again.intent_id == task.intent_id}")

    reply = task.wait(timeout=60, on_update=lambda update: print(update.status))
    for file in reply.files:
        saved = file.save("pictures")
        print(f"saved {saved.path} ({saved.bytes:,} bytes)")

    try:
        client.submit("nano-banana", {**ORDER, "prompt": "a sunset [content]"}).wait()
    except gentask.TaskFailed as failure:
        print(f"{failure.code}: {failure.suggestions[0]}")
