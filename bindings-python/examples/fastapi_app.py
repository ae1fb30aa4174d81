"""A web application: one endpoint submits, others tell how a task is, once or as it goes on, and no request waits for a picture.

uvicorn fastapi_app:app
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse, StreamingResponse

import gentask
from gentask import sse


def make_client() -> gentask.AsyncClient:
    """Make the client: one for the whole application."""
    return gentask.AsyncClient("apixo")


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the client with the application, drive its tasks beside the requests, and close it with it."""
    async with make_client() as app.state.client:
        # Several processes of one application share the work, and take over what a dead one has left.
        worker = asyncio.create_task(app.state.client.run())
        yield
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker


app = FastAPI(lifespan=lifespan)


@app.exception_handler(gentask.GentaskError)
async def refused(_: Request, error: gentask.GentaskError) -> JSONResponse:
    """Tell what went wrong, and whether money may have been spent."""
    statuses = {
        gentask.KeyConflict: 409,
        gentask.InvalidPayload: 422,
        gentask.TaskNotFound: 404,
        gentask.RateLimited: 503,  # the same request after `retry-after` is a new attempt under the same key
        gentask.SubmitUnknown: 202,
        gentask.WaitTimeout: 202,
    }
    headers = {"retry-after": str(error.retry_after)} if error.retry_after else None
    told = {"code": error.code, "message": str(error), "id": error.intent_id, "billing": error.billing}
    return JSONResponse(told, next((code for kind, code in statuses.items() if isinstance(error, kind)), 502), headers)


def owner_of(x_user: Annotated[str, Header()]) -> str:
    """Tell whose request it is. Put your own authentication here: who chooses the name sees the tasks."""
    return x_user


Owner = Annotated[str, Depends(owner_of)]


@app.post("/pictures", status_code=202)
async def order(request: Request, owner: Owner, prompt: str, idempotency_key: Annotated[str, Header()]) -> dict[str, str]:
    """Submit. A request that its owner sends again is the same task; refused at no cost, it is tried again."""
    payload = {"mode": "text-to-image", "prompt": prompt}
    task = await request.app.state.client.submit("nano-banana", payload, key=idempotency_key, owner=owner, timeout=25)
    return {"id": task.intent_id}


@app.get("/pictures/{intent_id}")
async def look(request: Request, owner: Owner, intent_id: str) -> dict[str, Any]:
    """Tell its owner how a task is."""
    task = await request.app.state.client.task(intent_id)
    if (await task.record()).owner != owner:
        raise HTTPException(404)
    reply = await task.check()  # one request at most, and none before it is due
    return {"status": reply.status, "files": [file.url for file in reply.files], "code": reply.error_code}


@app.get("/pictures/{intent_id}/events")
async def follow(request: Request, owner: Owner, intent_id: str) -> StreamingResponse:
    """Tell its owner's page each change as it comes."""
    task = await request.app.state.client.task(intent_id)
    if (await task.record()).owner != owner:
        raise HTTPException(404)
    return StreamingResponse(sse.events(task), headers=sse.HEADERS)
