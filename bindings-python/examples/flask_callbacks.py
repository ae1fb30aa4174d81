"""A Flask application that is called back. What follows from a task's end is another process's: `flask settle`, from a timer.

GENTASK_CALLBACK_SECRET=... PUBLIC_URL=https://app.example.com flask --app flask_callbacks run
"""

import os

from flask import Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import gentask
import gentask.wsgi

client = gentask.Client("apixo")
app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/gentask": gentask.wsgi.callbacks(client)})  # type: ignore[method-assign]


@app.post("/pictures")
def order() -> tuple[dict[str, str], int]:
    """Submit, and be called back at the end."""
    payload, url = {"mode": "text-to-image", "prompt": request.form["prompt"]}, os.environ["PUBLIC_URL"] + "/gentask"
    task = client.submit("nano-banana", payload, owner=request.form["owner"], callback_url=url)
    return {"id": task.intent_id}, 202


@app.cli.command("settle")
def settle() -> None:
    """Do what follows from the ends that are open. One that fails stays open."""
    client.settle_notices(lambda notice: print(notice.owner, notice.reply.status))
