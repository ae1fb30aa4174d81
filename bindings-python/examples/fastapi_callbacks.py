"""A web application that is called back: no request waits, and what follows from a task's end is done once.

GENTASK_CALLBACK_SECRET=... PUBLIC_URL=https://app.example.com uvicorn fastapi_callbacks:app
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request

import gentask
import gentask.asgi


def make_client() -> gentask.AsyncClient:
    """Make the client: one for the whole application."""
    return gentask.AsyncClient("apixo")


async def tell(notice: gentask.Notice[gentask.AsyncTaskHandle]) -> None:
    """Do what follows from a task's end. It is called again until it has returned once, so it must bear to be done twice."""
    print(notice.owner, notice.reply.status, [file.kind for file in notice.reply.files], flush=True)


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the client with the application, and close it with it."""
    async with make_client() as client:
        app.state.client = client
        app.add_route("/gentask", gentask.asgi.callbacks(client))
        # Hears of ends whether a callback brought them or a poll, and polls seldom where a callback is to come.
        worker = asyncio.create_task(client.run(tell))
        yield
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker


app = FastAPI(lifespan=lifespan)


@app.post("/pictures", status_code=202)
async def order(request: Request, owner: str, prompt: str) -> dict[str, str]:
    """Submit, and be called back at the end."""
    payload, url = {"mode": "text-to-image", "prompt": prompt}, os.environ["PUBLIC_URL"] + "/gentask"
    task = await request.app.state.client.submit("nano-banana", payload, owner=owner, callback_url=url)
    return {"id": task.intent_id}
