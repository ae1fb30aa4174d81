"""A web application: one endpoint submits, another tells how a task is, and no request waits for a picture.

uvicorn fastapi_app:app
"""

import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse

import gentask


def make_client() -> gentask.AsyncClient:
    """Make the client: one for the whole application."""
    return gentask.AsyncClient("apixo")


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the client with the application, and close it with it."""
    async with make_client() as app.state.client:
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(gentask.GentaskError)
async def refused(_: Request, error: gentask.GentaskError) -> JSONResponse:
    """Tell what went wrong, and whether money may have been spent."""
    statuses = {gentask.InvalidPayload: 422, gentask.TaskNotFound: 404, gentask.RateLimited: 503, gentask.SubmitUnknown: 202}
    headers = {"retry-after": str(error.retry_after)} if error.retry_after else None
    told = {"code": error.code, "message": str(error), "id": error.intent_id, "billing": error.billing}
    return JSONResponse(told, next((code for kind, code in statuses.items() if isinstance(error, kind)), 502), headers)


@app.post("/pictures", status_code=202)
async def order(request: Request, prompt: str, idempotency_key: Annotated[str, Header()]) -> dict[str, str]:
    """Submit. A request that is sent again, by whomever, is the same task."""
    payload = {"mode": "text-to-image", "prompt": prompt}
    task = await request.app.state.client.submit("nano-banana", payload, key=idempotency_key, owner="user-42")
    return {"id": task.intent_id}


@app.get("/pictures/{intent_id}")
async def look(request: Request, intent_id: str) -> dict[str, Any]:
    """Tell how a task is."""
    task = await request.app.state.client.task(intent_id)
    reply = await task.check()  # one request at most, and none before it is due
    return {"status": reply.status, "files": [file.url for file in reply.files], "code": reply.error_code}
