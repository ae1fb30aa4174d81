"""What the providers are asked for in tests."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask import Client, TaskHandle, TaskRecord

KEY = "sk-3f9a-not-for-anyone"
"""A key; nothing but the wire may ever hold it."""
PROMPT = "mauve walrus"
"""Words of every prompt; nothing that may be logged holds them."""

MODELS = {"apixo": "nano-banana", "apidot": "gpt-image-2", "aivideomaker": "t2v"}


def job(provider: str = "apixo", word: str = "") -> tuple[str, dict[str, Any]]:
    """Return a model and a payload. A further word, such as `[slow]`, changes the task's fate in the sandbox."""
    payload: dict[str, Any] = {"prompt": f"{PROMPT} {word}".strip()}
    if provider not in ("apidot", "aivideomaker"):
        payload["mode"] = "text-to-image"
    elif provider == "aivideomaker":
        payload |= {"aspectRatio": "16:9", "duration": "5"}
    return MODELS.get(provider, "nano-banana"), payload


def submit(client: Client, word: str = "", **options: Any) -> TaskHandle:
    """Submit the job of the client's provider."""
    return client.submit(*job(client.provider, word), **options)


def the_only(client: Client) -> TaskRecord:
    """Return the only record of a client."""
    page = client.tasks()
    assert (len(page), page.damaged, page.next) == (1, [], None)
    return page[0]


def prune_ended(client: Client) -> int:
    """Delete what has ended, and return how many there were. What ended within this very millisecond is not old yet."""
    while (deleted := client.prune(0)) == 0:
        pass
    return deleted
