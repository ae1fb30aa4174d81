"""Payloads of pydantic models, dataclasses and enums: as the whole input, or inside it."""

from __future__ import annotations

import dataclasses
import enum
import json
from typing import Any, Literal

import pydantic
import pytest

import gentask
from gentask import InvalidPayload, MemoryStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .support.both import Both


class Mode(enum.Enum):
    TEXT = "text-to-image"


class Ratio(str, enum.Enum):
    WIDE = "16:9"


class Unspeakable(enum.Enum):
    SET = frozenset({1})


class Count(enum.IntEnum):
    TWO = 2


class Picture(pydantic.BaseModel):
    mode: Literal["text-to-image"] = "text-to-image"
    prompt: str
    aspect_ratio: Ratio | None = None
    negative_prompt: str | None = None


@dataclasses.dataclass(frozen=True)
class Plain:
    prompt: str
    mode: Mode = Mode.TEXT
    aspect_ratio: str | None = None


@dataclasses.dataclass(slots=True)
class Slotted:
    prompt: str
    mode: str = "text-to-image"


WANTED = {"mode": "text-to-image", "prompt": "a sunset"}
WHOLE: dict[str, Any] = {
    "a model": Picture(prompt="a sunset"),
    "a dataclass": Plain("a sunset"),
    "a dataclass with slots": Slotted("a sunset"),
    "enums": {"mode": Mode.TEXT, "prompt": "a sunset"},
}


@pytest.mark.parametrize("payload", WHOLE.values(), ids=WHOLE)
def test_an_object_is_a_payload(both: Both, payload: Any) -> None:
    client = both.client()
    assert json.loads(client.dry_run("nano-banana", payload).body)["input"] == WANTED
    gentask.validate("apixo", "nano-banana", payload)
    task = client.submit("nano-banana", payload, key="k")
    assert client.submit("nano-banana", WANTED, key="k").intent_id == task.intent_id
    assert task.wait().ok


def test_objects_stand_inside_a_payload_too(both: Both) -> None:
    client = both.client("apidot", store=MemoryStore())
    payload = {
        "prompt": "p",
        "all": [Picture(prompt="a", aspect_ratio=Ratio.WIDE), (Plain("b", aspect_ratio="1:1"), Count.TWO)],
        "e": Ratio.WIDE,
    }
    assert json.loads(client.dry_run("a-model-of-tomorrow", payload).body)["input"] == {
        "prompt": "p",
        "all": [{**WANTED, "prompt": "a", "aspect_ratio": "16:9"}, [{**WANTED, "prompt": "b", "aspect_ratio": "1:1"}, 2]],
        "e": "16:9",
    }


def test_a_medium_stands_in_a_dataclass(both: Both) -> None:
    @dataclasses.dataclass
    class Film:
        image: bytes
        duration: str = "5"

    body = both.client("aivideomaker").dry_run("i2v", Film(b"\x89PNG\r\n\x1a\n")).body
    assert json.loads(body)["image"] == "data:image/png;base64,iVBORw0KGgo="


def test_what_is_wrong_inside_an_object_has_its_pointer(both: Both) -> None:
    @dataclasses.dataclass
    class Odd:
        prompt: Any
        again: Any = None

    class Broken:
        def model_dump(self, **_: object) -> Any:
            raise ZeroDivisionError("mine")

    itself = Odd("p")
    itself.again = itself
    wrong: dict[str, Any] = {
        "set": Odd({1}),
        "broken": Broken(),
        "class": Plain,
        "model": Picture,
        "enum": Unspeakable.SET,
    }
    with pytest.raises(InvalidPayload) as caught:
        both.client("apidot").submit("a-model-of-tomorrow", wrong)
    assert {each.path for each in caught.value.violations} == {"/set/prompt", "/broken", "/class", "/model", "/enum"}
    assert "an enum of such, a dataclass, a pydantic model" in str(caught.value)
    assert "mine" not in str(caught.value)
    with pytest.raises(InvalidPayload, match="depth"):
        both.client("apidot").submit("a-model-of-tomorrow", itself)
