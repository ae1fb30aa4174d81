"""A Celery task that may be delivered twice, and whose worker may die at any moment: it is one paid task all the same.

celery -A celery_task worker
"""

from __future__ import annotations

import os

from celery import Celery, Task

import gentask

app = Celery("pictures", broker=os.environ.get("CELERY_BROKER", "redis://localhost/0"))

# Made before the workers are forked: each worker makes connections of its own. All of them share the store's file.
client = gentask.Client("apixo")


@app.task(bind=True, acks_late=True, max_retries=30)
def picture(self: Task, order: str, prompt: str, directory: str) -> list[str]:
    """Make the picture of an order and return where it is saved."""
    try:
        # Acknowledged late, the message comes again after a crash; under its key the order is the same task.
        task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": prompt}, key=order, timeout=60)
        task.wait(timeout=60)
    except (gentask.RateLimited, gentask.NetworkError) as refused:
        # Refused at no cost, it is a new attempt under the same key.
        raise self.retry(exc=refused, countdown=refused.retry_after or 30) from None
    except gentask.WaitTimeout as still_running:
        # The worker takes other work meanwhile. The task goes on at the provider.
        raise self.retry(exc=still_running, countdown=30) from None
    return [str(saved.path) for saved in task.save_files(directory)]
