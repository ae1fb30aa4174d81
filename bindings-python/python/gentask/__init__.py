"""Asynchronous AI-generation tasks (images, video, music, 3D) that are never paid twice and never lost.

>>> client = gentask.Client("apixo")                    # key from APIXO_API_KEY, store in the platform's state directory
>>> task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset"}, key="order-42")
>>> reply = task.wait(timeout=300)                      # raises gentask.TaskFailed and friends, each with .reply
>>> for file in reply.files:
...     file.save("out/")

`Client` waits on threads, `AsyncClient` in an event loop; both have the same nouns and verbs. Every exception is a `GentaskError`
with a `reply`: what happened, whether money may have been spent, what to do next.
"""

from __future__ import annotations

import atexit as _atexit
import os as _os
import sys as _sys

from gentask import _native
from gentask._media import Media, media
from gentask._native import (
    Balance,
    Contract,
    Delivery,
    DeliveryFilter,
    HttpRequest,
    HttpResponse,
    ListedTask,
    MemoryStore,
    NoticeFilter,
    Reply,
    RequestInfo,
    ResponseInfo,
    ResultFile,
    SavedFile,
    SqliteStore,
    StoreFilter,
    TaskEvent,
    TaskPage,
    TaskRecord,
    built_in_providers,
    load_contract,
)
from gentask.callbacks import Notice, Receipt, Receiver
from gentask.client import Client, RequestPreview
from gentask.errors import (
    AuthFailed,
    ContentRejected,
    GenerationFailed,
    GentaskError,
    InsufficientCredits,
    InvalidContract,
    InvalidModel,
    InvalidPayload,
    KeyConflict,
    NetworkError,
    RateLimited,
    ResponseTooLarge,
    StoreError,
    SubmitUnknown,
    TaskCancelled,
    TaskFailed,
    TaskNotFound,
    UnknownError,
    Unsupported,
    UpstreamError,
    Violation,
    WaitTimeout,
    intent_id_of,
)
from gentask.many import Job, Ordered
from gentask.task import TaskHandle
from gentask.transport import NotSent

__version__ = _native.VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

    from gentask.aio import AsyncClient, AsyncReceiver, AsyncTaskHandle
    from gentask.types import Input

__all__ = [
    "AsyncClient",
    "AsyncReceiver",
    "AsyncTaskHandle",
    "AuthFailed",
    "Balance",
    "Client",
    "ContentRejected",
    "Contract",
    "Delivery",
    "DeliveryFilter",
    "GenerationFailed",
    "GentaskError",
    "HttpRequest",
    "HttpResponse",
    "InsufficientCredits",
    "InvalidContract",
    "InvalidModel",
    "InvalidPayload",
    "Job",
    "KeyConflict",
    "ListedTask",
    "Media",
    "MemoryStore",
    "NetworkError",
    "NotSent",
    "Notice",
    "NoticeFilter",
    "Ordered",
    "RateLimited",
    "Receipt",
    "Receiver",
    "Reply",
    "RequestInfo",
    "RequestPreview",
    "ResponseInfo",
    "ResponseTooLarge",
    "ResultFile",
    "SavedFile",
    "SqliteStore",
    "StoreError",
    "StoreFilter",
    "SubmitUnknown",
    "TaskCancelled",
    "TaskEvent",
    "TaskFailed",
    "TaskHandle",
    "TaskNotFound",
    "TaskPage",
    "TaskRecord",
    "UnknownError",
    "Unsupported",
    "UpstreamError",
    "Violation",
    "WaitTimeout",
    "__version__",
    "built_in_providers",
    "intent_id_of",
    "load_contract",
    "media",
    "validate",
]


def validate(
    provider: str | PathLike[str] | Contract,
    model: str,
    input: Input,  # noqa: A002 - the providers' own word
    *,
    key: str | None = None,
    owner: str | None = None,
    callback_url: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> None:
    """Check a generation without a network, a key or a store.

    Raises `InvalidModel` or `InvalidPayload` with everything that is wrong (`error.violations`).
    """
    contract = load_contract(provider)
    contract.validate(model, input, key=key, owner=owner, callback_url=callback_url, options=options)


def __getattr__(name: str) -> object:
    # An event loop is imported only by those who use one: it would double the time of this import.
    if name in ("AsyncClient", "AsyncReceiver", "AsyncTaskHandle"):
        from gentask import aio

        return getattr(aio, name)
    raise AttributeError(f"module 'gentask' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


def _leave() -> None:
    """Let submits that are under way be saved before the interpreter ends: their answers hold the ids of paid tasks."""
    try:
        if _native.submits_in_flight():
            import logging

            message = "waiting for the answer to %d submit(s) under way; interrupt again to leave them to a later resume()"
            logging.getLogger("gentask").warning(message, _native.submits_in_flight())
            _native.settle_submits()
    except KeyboardInterrupt:
        # As the message says: they are left to a later resume.
        pass
    finally:
        _native.end()


def _leave_as_child(_: object = None) -> None:
    """Leave a child of `multiprocessing` in the same way: it ends without the handlers that other interpreters run at their end."""
    from multiprocessing import util

    # After the finalizers of everybody who may still use gentask.
    util.Finalize(None, _leave, exitpriority=-100)


def _follow_multiprocessing() -> None:
    """See to the children of `multiprocessing`, where a program uses it: it forgets its finalizers in each child, and then calls this."""
    util = _sys.modules.get("multiprocessing.util")
    if util is not None:
        util.register_after_fork(_leave_as_child, _leave_as_child)


def _before_fork() -> None:
    _follow_multiprocessing()
    _native.before_fork()


_atexit.register(_leave)
_follow_multiprocessing()
_process = _sys.modules.get("multiprocessing.process")
if _process is not None and _process.parent_process() is not None:
    # This is such a child already, and imports gentask only now.
    _leave_as_child()
if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(before=_before_fork, after_in_parent=_native.after_fork, after_in_child=_native.after_fork)
