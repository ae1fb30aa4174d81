"""A Celery application with one client, made and used when it is loaded: before the worker forks its pool.

Started as a program it hands jobs to the worker and prints what each brought.
"""

from __future__ import annotations

import json
import os

from celery import Celery, group  # type: ignore[import-untyped, import-not-found, unused-ignore]

import gentask

FOLDER = os.environ["HOST_FOLDER"]

app = Celery("host_celery", broker="filesystem://", backend=f"file://{FOLDER}/results")
app.conf.update(
    broker_transport_options=dict.fromkeys(("data_folder_in", "data_folder_out"), f"{FOLDER}/queue")
    | {"control_folder": f"{FOLDER}/control"},
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=1,
)

client = gentask.Client("apixo", store=os.environ["HOST_STORE"], poll={"initial": 0.05, "factor": 1.0, "cap": 0.05})


def paid(key: str) -> str:
    task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a job"}, key=key)
    return task.intent_id if task.wait(30).ok else "never"


paid("loaded")


@app.task(name="host_celery.generate")  # type: ignore[untyped-decorator, unused-ignore]
def generate(key: str) -> tuple[int, str, str]:
    return os.getpid(), key, paid(key)


if __name__ == "__main__":
    handed = group(generate.s(f"job-{number % 6}") for number in range(12)).apply_async()
    print(json.dumps(handed.get(timeout=45)))
