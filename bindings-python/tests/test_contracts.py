"""Providers as data: where a contract may come from, what is wrong with a faulty one, and what it says of a payload."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import pickle
import types
from pathlib import Path

import pytest

import gentask
from gentask import Contract, InvalidContract

from .support.contracts import like_apixo
from .vectors.files import ROOT, example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FILES = sorted([*(ROOT / "contracts").glob("*.json"), *(ROOT / "vectors" / "contracts").glob("*.json")])
RUNWAY = ROOT / "contracts" / "runway.json"


def faults(error: gentask.GentaskError) -> list[tuple[str, str]]:
    return [(each.path, each.rule) for each in error.violations]


def refused(source: Any) -> InvalidContract:
    with pytest.raises(InvalidContract) as caught:
        gentask.load_contract(source)
    assert caught.value.code == "INVALID_CONTRACT"
    return caught.value


# Where it comes from


def test_the_built_in_providers_load_by_their_names() -> None:
    names = gentask.built_in_providers()
    assert names == ["aivideomaker", "apidot", "apixo"]
    for name in names:
        contract = gentask.load_contract(name)
        assert contract.id == name
        assert contract.base_url.startswith("https://")
        assert contract.docs is not None
        assert contract.docs.startswith("https://")
        assert contract.key_variable is not None
        assert contract.key_variable.endswith("_API_KEY")
        assert contract.models
        assert set(contract.models.values()) <= {"image", "video", "audio", "model", "unknown"}


def test_a_contract_says_what_its_provider_can() -> None:
    apixo, film = gentask.load_contract("apixo"), gentask.load_contract("aivideomaker")
    assert (apixo.title, apixo.is_open, apixo.can_cancel) == ("APIXO", True, False)
    assert (film.title, film.is_open, film.can_cancel) == ("AIVideoMaker", False, True)
    assert apixo.revision >= 1
    assert apixo.models["nano-banana"] == "image"
    assert film.models["t2v"] == "video"
    assert repr(apixo) == f"Contract(id='apixo', revision={apixo.revision})"


class Named:
    """A path of somebody else's."""

    def __fspath__(self) -> str:
        return str(RUNWAY)


class Word(str):
    """A text of somebody else's."""

    __slots__ = ()


SOURCES: list[tuple[str, Callable[[], Any]]] = [
    ("a path as text", lambda: str(RUNWAY)),
    ("a text of another class", lambda: Word(RUNWAY)),
    ("a pathlib path", lambda: RUNWAY),
    ("any path", Named),
    ("bytes", RUNWAY.read_bytes),
    ("a dictionary", lambda: json.loads(RUNWAY.read_bytes())),
    ("a mapping", lambda: types.MappingProxyType(json.loads(RUNWAY.read_bytes()))),
    ("a contract", lambda: gentask.load_contract(RUNWAY)),
    ("its own dictionary", lambda: gentask.load_contract(RUNWAY).to_dict()),
]


@pytest.mark.parametrize("source", [make for _, make in SOURCES], ids=[name for name, _ in SOURCES])
def test_the_same_contract_comes_from_each_kind_of_source(source: Callable[[], Any]) -> None:
    contract = gentask.load_contract(source())
    assert contract.to_dict() == json.loads(RUNWAY.read_bytes())
    assert contract.id == "runway"


def test_a_relative_path_is_a_path_where_it_looks_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.JSON").write_bytes(RUNWAY.read_bytes())
    (tmp_path / "apixo").write_bytes(RUNWAY.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert gentask.load_contract("mine.JSON").id == "runway"
    assert gentask.load_contract("./apixo").id == "runway"
    assert gentask.load_contract(Path("apixo")).id == "runway", "a path object is never a name"
    assert gentask.load_contract("apixo").id == "apixo"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_example_contract_loads_and_its_samples_mean_what_they_say(path: Path) -> None:
    contract = gentask.load_contract(path)
    contract.check_samples()
    assert contract.id == path.stem
    generation = example(path.relative_to(ROOT).as_posix())
    contract.validate(generation["model"], generation["input"])


def test_all_example_contracts_are_found() -> None:
    assert [path.stem for path in FILES] == ["fal", "kie", "replicate", "runway", "example", "patient", "uploading"]


def test_a_contract_cannot_be_changed() -> None:
    contract = gentask.load_contract("apixo")
    source = contract.to_dict()
    source["id"] = "another"
    source["models"]["list"].clear()
    contract.models.clear()
    assert contract.id == contract.to_dict()["id"] == "apixo"
    assert contract.models
    for name in ("id", "base_url", "more"):
        with pytest.raises(AttributeError):
            setattr(contract, name, "https://evil.example")


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_contract_survives_pickling(protocol: int) -> None:
    for contract in (gentask.load_contract("apixo"), gentask.load_contract(RUNWAY)):
        again = pickle.loads(pickle.dumps(contract, protocol))
        assert isinstance(again, Contract)
        assert again == contract
        assert hash(again) == hash(contract)
        assert again.to_dict() == contract.to_dict()
        assert again.models == contract.models
    with pytest.raises(gentask.InvalidPayload):
        again.validate("text_to_image/gen4_image", {})


def test_a_contract_survives_copying() -> None:
    contract = gentask.load_contract("apixo")
    for again in (copy.copy(contract), copy.deepcopy(contract)):
        assert again == contract
        assert again.to_dict() == contract.to_dict()


def test_contracts_are_equal_where_their_sources_are() -> None:
    contract = gentask.load_contract("apixo")
    same, other = gentask.load_contract(contract.to_dict()), like_apixo("apixo", {"/revision": contract.revision + 1})
    assert contract == same
    assert {contract: 1}[same] == 1
    assert contract != other
    assert contract != "apixo"


# What is wrong with it


@pytest.mark.parametrize(("name", "meant"), [("apixoo", "apixo"), ("APIDOT", "apidot"), (" apixo", "apixo")])
def test_an_unknown_name_is_refused_with_the_names_that_are_like_it(name: str, meant: str) -> None:
    error = refused(name)
    assert f"did you mean {meant}" in str(error)
    assert all(known in str(error) for known in gentask.built_in_providers())
    assert faults(error) == [("/provider", "enum")]


@pytest.mark.parametrize("name", ["", "xyzzy", "fal"])
def test_a_name_that_is_like_none_is_refused_without_a_guess(name: str) -> None:
    error = refused(name)
    assert "did you mean" not in str(error)
    assert "contract file" in str(error), "it says how other providers are given"


MALFORMED: list[tuple[bytes, list[tuple[str, str]]]] = [
    (b"", [("", "json")]),
    (b"{", [("", "json")]),
    (b"{} {}", [("", "json")]),
    (b"not json", [("", "json")]),
    (b'{"id": "\xff\xfe"}', [("", "json")]),
    (b"\xff\xfe{\x00}\x00", [("", "json")]),
    (rb'{"id": "\ud800"}', [("", "json")]),
    (b'{"id": NaN}', [("", "json")]),
    (b'{"id":"a","id":"b","models":{"list":{},"list":{}}}', [("/id", "duplicateKey"), ("/models/list", "duplicateKey")]),
    (b"[" * 100_000, [("", "depth")]),
    (b'{"a":' * 65 + b"1" + b"}" * 65, [("", "depth")]),
]


@pytest.mark.parametrize(("content", "expected"), MALFORMED, ids=[str(content[:20]) for content, _ in MALFORMED])
def test_what_is_no_json_is_refused_from_bytes_and_from_a_file(content: bytes, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    file = tmp_path / "contract.json"
    file.write_bytes(content)
    for source in (content, file, str(file)):
        assert faults(refused(source)) == expected


def test_every_fault_is_listed_at_once() -> None:
    source = gentask.load_contract("apixo").to_dict()
    source |= {"id": "Not An Id", "base": "http://api.example.com?x=1", "surprise": 1, "gentask": 99}
    source["models"]["list"]["suno"]["kind"] = "song"
    source["submit"]["method"] = "FETCH"
    found = dict(faults(refused(source)))
    assert found["/id"] == "pattern"
    assert found["/base"] == "url"
    assert found["/surprise"] == "unknownField"
    assert found["/gentask"] == "version"
    assert found["/models/list/suno/kind"] == "enum"
    assert "/submit/method" in found


def test_an_empty_object_lacks_what_every_contract_has() -> None:
    sources: list[Any] = [{}, b"{}"]
    for empty in sources:
        found = faults(refused(empty))
        assert {("/id", "required"), ("/base", "required"), ("/submit", "required"), ("/status", "required")} <= set(found)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"id": float("nan"), "base": b"x"}, [("/id", "number"), ("/base", "type")]),
        ({"id": 2**64}, [("/id", "number")]),
        ({1: "a"}, [("", "key")]),
        ({"id": "\ud800"}, [("/id", "text")]),
    ],
)
def test_a_dictionary_that_json_cannot_hold_is_refused(source: Any, expected: list[tuple[str, str]]) -> None:
    assert faults(refused(source)) == expected


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.json"
    places: list[str | Path] = [missing, str(missing), missing / "more.json", tmp_path, f"{tmp_path}{os.sep}", "a\0.json"]
    for place in places:
        error = refused(place)
        assert "cannot be read" in str(error)
        assert str(place) in str(error)


def test_a_file_without_an_end_is_not_read_to_it(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate((8 << 20) + 1)
    assert "larger than" in str(refused(large))


@pytest.mark.parametrize("wrong", [5, None, 1.5, [], object(), bytearray(b"{}")])
def test_a_source_of_another_type_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match=type(wrong).__name__):
        gentask.load_contract(wrong)
    with pytest.raises(TypeError):
        gentask.validate(wrong, "nano-banana", {})


def test_a_sample_that_does_not_mean_what_it_says_is_found() -> None:
    contract = like_apixo("like-apixo", {})
    contract.check_samples()
    source = contract.to_dict()
    source["samples"]["submit"][0]["is"] = "rejected"
    source["samples"]["status"][0]["is"] = "failed"
    faulty = gentask.load_contract(source)
    with pytest.raises(InvalidContract) as caught:
        faulty.check_samples()
    assert [(each.path, each.expected, each.actual) for each in caught.value.violations] == [
        ("/samples/submit/0", "rejected", "accepted"),
        ("/samples/status/0", "failed", "pending"),
    ]


def test_a_models_input_schema_is_complete_in_itself() -> None:
    for provider in gentask.built_in_providers():
        contract = gentask.load_contract(provider)
        for model in contract.models:
            schema = contract.input_schema(model)
            assert schema is not None
            assert "$ref" not in json.dumps(schema), f"{provider} {model}"
            # As a contract of its own, without the rest of the document, it says the same.
            alone = {**contract.to_dict(), "models": {"open": False, "list": {"m": {"kind": "unknown", "input": schema}}}}
            for shared in ("$defs", "samples", "evidence"):
                alone.pop(shared, None)
            with contextlib.suppress(gentask.InvalidPayload):
                gentask.load_contract(alone).validate("m", {})
    assert gentask.load_contract("apixo").input_schema("made-tomorrow") is None
    assert "prompt" in (gentask.load_contract("aivideomaker").input_schema("t2v") or {})["required"]
