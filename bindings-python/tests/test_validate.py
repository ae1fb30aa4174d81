"""Payloads that are checked without a network, a key or a store: good ones pass, and of bad ones every fault is said at once."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import math
import subprocess
import sys
import types

import pytest

import gentask
from gentask import InvalidModel, InvalidPayload

from .vectors.files import ROOT

# Before 3.11 exceptions have no notes, and PyO3 puts an argument's name into one.
NAMED = sys.version_info >= (3, 11)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PICTURE = {"mode": "text-to-image", "prompt": "a sunset"}
FILM = {"prompt": "a sunset", "aspectRatio": "16:9", "duration": "5"}


def faults(provider: Any, model: str, payload: Any, **options: Any) -> dict[str, str]:
    """Return the rule that each place of a payload breaks."""
    with pytest.raises(InvalidPayload) as caught:
        gentask.validate(provider, model, payload, **options)
    assert caught.value.code == "INVALID_PAYLOAD"
    assert caught.value.billing == "none"
    found = {each.path: each.rule for each in caught.value.violations}
    assert len(found) == len(caught.value.violations), "one fault a place"
    return found


def test_a_good_payload_passes_in_silence() -> None:
    contract = gentask.load_contract("apixo")
    options = {"key": "order-42", "owner": "user-42", "callback_url": "https://app.example.com/h", "options": {"provider": "auto"}}
    for provider in ("apixo", contract):
        gentask.validate(provider, "nano-banana", PICTURE, **options)  # type: ignore[arg-type]
    contract.validate("nano-banana", PICTURE, **options)  # type: ignore[arg-type]
    gentask.validate(ROOT / "contracts" / "fal.json", "fal-ai/flux/dev", {"prompt": "a sunset"})


def test_a_model_of_an_open_list_passes_unguessed() -> None:
    gentask.validate("apixo", "made-tomorrow", {"anything": [1, None, True, 1.5]})


def test_a_model_that_is_not_on_a_closed_list_is_refused_with_those_like_it() -> None:
    with pytest.raises(InvalidModel, match="did you mean t2v") as caught:
        gentask.validate("aivideomaker", "t2w", FILM)
    assert [(each.path, each.rule) for each in caught.value.violations] == [("/model", "enum")]
    with pytest.raises(InvalidModel):
        gentask.validate("apixo", "", PICTURE)


def test_every_fault_of_a_payload_is_listed_at_once() -> None:
    wrong = {"prompt": "", "aspectRatio": "4:3", "duration": 5}
    assert faults("aivideomaker", "t2v", wrong) == {"/prompt": "minLength", "/aspectRatio": "enum", "/duration": "enum"}


def test_faults_of_the_options_are_listed_with_those_of_the_payload() -> None:
    found = faults(
        "apixo",
        "nano-banana",
        {"mode": "text-to-image"},
        key="",
        callback_url="http://app.example.com/h",
        options={"provider": "cheapest", "more": 1},
    )
    assert found == {
        "/prompt": "required",
        "/key": "key",
        "/callbackUrl": "callbackUrl",
        "/options/provider": "enum",
        "/options/more": "unknownOption",
    }


class Color(str, enum.Enum):
    """A text of somebody else's."""

    MODE = "text-to-image"


class Size(enum.IntEnum):
    """A number of somebody else's."""

    LARGE = 1


def test_what_json_can_hold_may_come_in_any_shape() -> None:
    kinds: list[Callable[[Any], Any]] = [dict, collections.OrderedDict, collections.UserDict, types.MappingProxyType]
    for kind in kinds:
        gentask.validate("apixo", "nano-banana", kind(PICTURE))
    gentask.validate("apixo", "nano-banana", {"mode": Color.MODE, "prompt": "x"})
    gentask.validate("apixo", "open", {"a": Size.LARGE, "b": (1, 2), "c": {"d": types.MappingProxyType({})}, "e": -(2**63), "f": 2**64 - 1})


def test_what_json_cannot_hold_is_refused_with_its_place() -> None:
    payload = {
        "nan": math.nan,
        "a~/": [1, {"b": -math.inf}],
        "huge": 2**64,
        "deep": -(2**63) - 1,
        "bytes": b"x",
        "half": "\ud800",
        "keys": {1: 2},
        "set": {1},
        "date": datetime.date(2026, 1, 1),
        "decimal": decimal.Decimal(1),
        "object": object(),
        "complex": 1j,
    }
    assert faults("apixo", "open", payload) == {
        "/nan": "number",
        "/a~0~1/1/b": "number",
        "/huge": "number",
        "/deep": "number",
        "/bytes": "media",
        "/half": "text",
        "/keys": "key",
        "/set": "type",
        "/date": "type",
        "/decimal": "type",
        "/object": "type",
        "/complex": "type",
    }


@pytest.mark.parametrize("wrong", [None, "text", 5, [("prompt", "x")], b"{}", object()])
def test_a_payload_that_is_no_mapping_is_refused(wrong: Any) -> None:
    assert faults("apixo", "nano-banana", wrong) == {"": "type"}
    if wrong is not None:
        assert faults("apixo", "nano-banana", PICTURE, options=wrong) == {"/options": "type"}


def test_a_payload_that_holds_itself_is_refused() -> None:
    loop: dict[str, Any] = {}
    loop["again"] = loop
    (rule,) = faults("apixo", "open", loop).values()
    assert rule == "depth"


@pytest.mark.parametrize("made", ["x = []; x.extend([x, x])", "x = 1\nfor _ in range(60): x = [x, x]"])
def test_a_payload_without_an_end_is_refused_and_not_read_to_it(made: str) -> None:
    # In a process of its own: reading it to its end would take for ever, and nothing could interrupt it.
    program = f"import gentask\n{made}\ntry: gentask.validate('apixo', 'open', {{'a': x}})\nexcept gentask.InvalidPayload: print('refused')"
    read = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120, check=True, text=True)
    assert read.stdout == "refused\n"


def test_a_payload_is_nested_at_most_sixty_four_deep() -> None:
    def nested(levels: int) -> dict[str, Any]:
        payload: dict[str, Any] = {}
        for _ in range(levels - 1):
            payload = {"a": payload}
        return payload

    gentask.validate("apixo", "open", nested(64))
    assert set(faults("apixo", "open", nested(65)).values()) == {"depth"}
    assert set(faults("apixo", "open", nested(100_000)).values()) == {"depth"}


class Broken(list):  # type: ignore[type-arg]
    """A list that cannot be read."""

    def __iter__(self) -> Any:
        raise RuntimeError("somebody else's fault")


class BrokenDict(dict):  # type: ignore[type-arg]
    """A dictionary that cannot be read."""

    def items(self) -> Any:
        raise RuntimeError("somebody else's fault")


def test_what_cannot_be_read_is_refused_and_never_left_out() -> None:
    found = faults("apixo", "open", {"a": Broken([1]), "b": [Broken([1])], "c": BrokenDict(x=1)})
    assert found == {"/a": "type", "/b/0": "type", "/c": "type"}


@pytest.mark.parametrize("name", ["model", "key", "owner", "callback_url"])
def test_arguments_of_other_types_are_refused_by_name(name: str) -> None:
    arguments: dict[str, Any] = {"model": "nano-banana", "input": PICTURE, name: 5}
    with pytest.raises(TypeError, match=name if NAMED else "instance of"):
        gentask.validate("apixo", **arguments)


def test_a_message_shows_neither_media_nor_urls() -> None:
    secret = "s3cr3t"
    wrong: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        ("apixo", "nano-banana", {"mode": "image-to-image", "prompt": secret, "image_urls": [f"http://a.example/{secret}?{secret}"]}, {}),
        ("aivideomaker", "i2v", {"image": f"data:image/png;base64,{secret}{secret}", "prompt": secret, "duration": 5}, {}),
        ("aivideomaker", "t2v", {**FILM, "prompt": [secret]}, {}),
        ("apixo", "nano-banana", PICTURE, {"callback_url": f"http://app.example.com/{secret}"}),
        ("apixo", "nano-banana", PICTURE, {"key": f"{secret}\n"}),
    ]
    for provider, model, payload, options in wrong:
        with pytest.raises(InvalidPayload) as caught:
            gentask.validate(provider, model, payload, **options)
        assert secret not in f"{caught.value} {caught.value!r} {caught.value.violations} {caught.value.reply.to_json()}"


def test_the_faults_come_with_what_to_do() -> None:
    with pytest.raises(InvalidPayload) as caught:
        gentask.validate("apixo", "nano-banana", {"mode": "text-to-image"})
    error = caught.value
    assert error.suggestions
    assert (error.intent_id, error.task_id, error.retry_after, error.reply.ok) == (None, None, None, False)
    assert "/prompt" in str(error)
