"""What goes wrong: one class for each stable code.

Every exception has the `reply` with its seven fields, so that nothing a provider said is lost on the way up. They survive pickling.
"""

from __future__ import annotations

from typing import NamedTuple, cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask._native import Reply
    from gentask.types import Billing, ErrorCode


class Violation(NamedTuple):
    """One broken rule of a payload or a contract."""

    path: str
    """RFC 6901 pointer to the offending value; empty for the whole document."""
    rule: str
    """The rule that is broken: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`."""
    expected: str
    """What was expected, in words."""
    actual: str
    """What was found, shortened."""


class GentaskError(Exception):
    """A call that did not bring what was asked. `reply` says what happened, whether money may have been spent, what to do next."""

    reply: Reply
    """The seven fields."""

    def __init__(self, message: str, reply: Reply) -> None:
        super().__init__(message, reply)
        self.reply = reply

    def __str__(self) -> str:
        return str(self.args[0])

    @property
    def code(self) -> ErrorCode:
        """The stable code, such as `RATE_LIMITED`."""
        return self.reply.error_code or "UNKNOWN_ERROR"

    @property
    def intent_id(self) -> str | None:
        """The task's name in the store, where a record exists: what `client.task(...)` takes."""
        return self.reply.intent_id

    @property
    def task_id(self) -> str | None:
        """The provider's id of the task, where one is known."""
        return self.reply.task_id

    @property
    def retry_after(self) -> int | None:
        """When to come back, in whole seconds."""
        return self.reply.retry_after

    @property
    def billing(self) -> Billing:
        """Whether money may have been spent: `none`, `possible` or `certain`."""
        return cast("Billing", self.reply.data.get("billing", "none"))

    @property
    def suggestions(self) -> list[str]:
        """What to do next; the first is the one to try first."""
        return [str(step) for step in self.reply.data.get("suggestions", [])]

    @property
    def violations(self) -> list[Violation]:
        """Everything that is wrong with a payload or a contract, at once."""
        found = self.reply.data.get("violations", [])
        return [Violation(each["path"], each["rule"], each["expected"], each["actual"]) for each in found]


class InvalidModel(GentaskError, ValueError):
    """`INVALID_MODEL`: the model is not on a closed list, or the provider does not know it."""


class InvalidPayload(GentaskError, ValueError):
    """`INVALID_PAYLOAD`: the payload breaks the contract's rules, or the provider refused it; see `violations`."""


class KeyConflict(InvalidPayload):
    """`INVALID_PAYLOAD`: the `key` names another job already, that of `intent_id`; `violations` say what differs from it.

    Their paths are `/model`, `/input`, `/options` or `/baseUrl`. Nothing was sent.
    """


class AuthFailed(GentaskError):
    """`AUTH_FAILED`: the key is missing, malformed, refused, or may not do this."""


class RateLimited(GentaskError):
    """`RATE_LIMITED`: too many requests; `retry_after` says when to come back."""


class InsufficientCredits(GentaskError):
    """`INSUFFICIENT_CREDITS`: the account cannot pay for the task."""


class TaskNotFound(GentaskError, LookupError):
    """`TASK_NOT_FOUND`: no such task in the store, or at the provider under this account."""


class NetworkError(GentaskError):
    """`NETWORK_ERROR`: the provider could not be reached; of a submit, nothing was accepted."""


class UnknownError(GentaskError):
    """`UNKNOWN_ERROR`: an answer that fits no rule."""


class TaskFailed(GentaskError):
    """The provider accepted the task, and it ended without a result."""


class GenerationFailed(TaskFailed):
    """`GENERATION_FAILED`: the provider could not generate it."""


class ContentRejected(TaskFailed):
    """`CONTENT_REJECTED`: the provider's content rules refused the input or the output."""


class TaskCancelled(TaskFailed):
    """`CANCELLED`: the task was cancelled or given up."""


class UpstreamError(GentaskError):
    """`UPSTREAM_ERROR`: the provider had a fault of its own."""


class WaitTimeout(GentaskError, TimeoutError):
    """`WAIT_TIMEOUT`: the wait reached its deadline; the task goes on, and can be waited for again."""


class SubmitUnknown(GentaskError):
    """`SUBMIT_UNKNOWN`: the submit may have been accepted, and its task id is not known. Do not submit again before you know."""


class Unsupported(GentaskError):
    """`UNSUPPORTED`: the provider, the task's state or this client cannot do what was asked."""


class InvalidContract(GentaskError, ValueError):
    """`INVALID_CONTRACT`: a contract is malformed, or a record does not belong to it; see `violations`."""


class StoreError(GentaskError):
    """`STORE_ERROR`: the task store refused to read or write."""


class ResponseTooLarge(GentaskError):
    """`RESPONSE_TOO_LARGE`: an answer was larger than the contract's cap, and was not read to its end."""


BY_CODE: dict[str, type[GentaskError]] = {
    "INVALID_MODEL": InvalidModel,
    "INVALID_PAYLOAD": InvalidPayload,
    "AUTH_FAILED": AuthFailed,
    "RATE_LIMITED": RateLimited,
    "INSUFFICIENT_CREDITS": InsufficientCredits,
    "TASK_NOT_FOUND": TaskNotFound,
    "NETWORK_ERROR": NetworkError,
    "UNKNOWN_ERROR": UnknownError,
    "GENERATION_FAILED": GenerationFailed,
    "CONTENT_REJECTED": ContentRejected,
    "UPSTREAM_ERROR": UpstreamError,
    "WAIT_TIMEOUT": WaitTimeout,
    "SUBMIT_UNKNOWN": SubmitUnknown,
    "CANCELLED": TaskCancelled,
    "UNSUPPORTED": Unsupported,
    "INVALID_CONTRACT": InvalidContract,
    "STORE_ERROR": StoreError,
    "RESPONSE_TOO_LARGE": ResponseTooLarge,
}
"""The class of each code: the same codes in every language."""


def error_of(reply: Reply, message: str) -> GentaskError:
    """Make the exception of a reply that is no success."""
    error = BY_CODE.get(reply.error_code or "", UnknownError)(message, reply)
    if isinstance(error, InvalidPayload) and any(broken.rule == "keyConflict" for broken in error.violations):
        return KeyConflict(message, reply)
    return error


def intent_id_of(error: BaseException) -> str | None:
    """Return which intent an exception is about, where it is about one.

    Also for an exception that ended the wait for a submit (`KeyboardInterrupt`, `asyncio.CancelledError`, a signal handler's own):
    the submit goes on and is saved, and this is its name. What the exception was raised from is looked at too, and what a group holds.
    """
    seen: set[int] = set()
    ahead: list[BaseException | None] = [error]
    while ahead:
        at = ahead.pop()
        if at is None or id(at) in seen:
            continue
        seen.add(id(at))
        found = getattr(at, "intent_id", None)
        if isinstance(found, str):
            return found
        ahead += [at.__context__, at.__cause__, *reversed(getattr(at, "exceptions", ()))]
    return None
