"""`gentask types --lang pydantic`: models that accept what the contract accepts, unchanged, and refuse what a type can know to be wrong."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pydantic
import pytest

import gentask

from .vectors.files import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType
    from typing import Any

# Of each kind of JSON one that most rules take and one that they do not; of numbers those that are written in two ways.
VALUES: list[Any] = [
    *("a fox", "", 5, 5.0, 5.5, 1.0, 0, -1, 10**30, True, None),
    *([], ["https://example.com/a.png"], [None], [5], {}, {"text": "a fox"}),
]


def module(provider: str, folder: Path) -> ModuleType:
    """Return the models of a provider."""
    command = [sys.executable, "-m", "gentask", "types", "--provider", provider, "--lang", "pydantic"]
    written = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    path = folder / f"models_{abs(hash(provider))}.py"
    path.write_text(written.stdout)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


def dumped(model: Any, payload: Any) -> Any:
    """Return what a submit would send of it; nulls within the payload are left out, as of every model."""
    return model.model_validate(payload).model_dump(mode="json", exclude_none=True)


def without_nulls(payload: Any) -> Any:
    if isinstance(payload, dict):
        return {name: without_nulls(value) for name, value in payload.items() if value is not None}
    return payload


def is_valid(contract: gentask.Contract, model: str, payload: Any) -> bool:
    try:
        contract.validate(model, payload)
    except gentask.InvalidPayload:
        return False
    return True


def is_taken(model: Any, payload: Any) -> bool:
    try:
        model.model_validate(payload)
    except pydantic.ValidationError:
        return False
    return True


def values(schema: Any) -> Iterator[Any]:
    """Yield every value that a schema names, and the general ones."""
    yield from VALUES
    todo = [schema]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            yield from part.get("enum", [])
            yield from (part[name] for name in ("const", "minimum", "maximum") if name in part)
            todo.extend(part.values())
        elif isinstance(part, list):
            todo.extend(part)


def payloads(contract: gentask.Contract, model: str) -> Iterator[dict[str, Any]]:
    """Yield payloads of a model: one that is valid, if one is found, with each field set to each value, and without each of its own."""
    schema = contract.input_schema(model) or {}
    fields: dict[str, Any] = schema.get("properties", {})
    base: dict[str, Any] = {}
    for name in schema.get("required", []):
        for value in values(fields.get(name, {})):
            base[name] = value
            faults = faults_of(contract, model, base)
            if not any(path.startswith(f"/{name}") for path in faults):
                break
    yield base
    for name in base:
        yield {other: value for other, value in base.items() if other != name}
    for name, field in fields.items():
        for value in values(field):
            yield {**base, name: value}
    yield {**base, "a field of tomorrow": [1, {"a": None}]}


def faults_of(contract: gentask.Contract, model: str, payload: Any) -> list[str]:
    try:
        contract.validate(model, payload)
    except gentask.InvalidPayload as error:
        return [fault.path for fault in error.violations]
    return []


@pytest.mark.parametrize("provider", gentask.built_in_providers())
def test_what_the_contract_accepts_is_accepted_as_it_is(provider: str, tmp_path: Path) -> None:
    contract, models = gentask.load_contract(provider), module(provider, tmp_path).INPUTS
    assert set(models) == set(contract.models)
    valid = refused = 0
    for name, model in models.items():
        for payload in payloads(contract, name):
            if is_valid(contract, name, payload):
                valid += 1
                assert is_taken(model, payload), (name, payload)
                assert dumped(model, payload) == without_nulls(payload), (name, payload)
            elif not is_taken(model, payload):
                refused += 1
    assert valid > len(models)
    assert refused > len(models)


def test_the_payloads_of_the_vectors(tmp_path: Path) -> None:
    cases = [case for case in json.loads((ROOT / "vectors" / "validate.json").read_text())["cases"] if "generation" in case]
    made: dict[str, ModuleType] = {}
    seen = 0
    for case in cases:
        provider = case["contract"] if "/" not in case["contract"] else str(ROOT / case["contract"])
        if provider not in made:
            made[provider] = module(provider, tmp_path)
        model = made[provider].INPUTS.get(case["generation"]["model"])
        if model is not None and case["expect"].get("valid"):
            seen += 1
            assert is_taken(model, case["generation"]["input"]), case["name"]
    assert seen >= 8


def test_what_a_type_can_know_is_refused(tmp_path: Path) -> None:
    apidot, film = module("apidot", tmp_path), module("aivideomaker", tmp_path)
    good = {"prompt": "a fox", "quality": "low"}
    assert dumped(apidot.GptImage2Input, good) == good
    for bad in ({}, {"prompt": 5}, {"prompt": "a fox", "quality": "lowest"}):
        assert not is_taken(apidot.GptImage2Input, bad), bad
    five = {"prompt": "a fox", "aspectRatio": "16:9", "duration": "5"}
    assert dumped(film.T2vInput, five) == five
    assert not is_taken(film.T2vInput, {**five, "duration": 5}), "no text becomes a number, and no number a text"
    assert not is_taken(film.T2vInput, {**five, "prompt": ""})
    contract = gentask.load_contract("aivideomaker")
    contract.validate("t2v", film.T2vInput(prompt="a fox", aspectRatio="16:9", duration="5"))
