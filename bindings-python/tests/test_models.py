"""A client of a built-in provider knows its models and their fields, for whoever checks his program's types."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import gentask

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

USE = """
from pathlib import Path
from typing import Any, Dict, List, Literal, Type, Union

from gentask import AsyncClient, Client, Contract, Job, Receiver, TaskHandle
from gentask.models import aivideomaker, apidot, apixo
from gentask.models.apixo import NanoBananaInput
from typing_extensions import assert_type

FOX: NanoBananaInput = {"mode": "text-to-image", "prompt": "a fox"}
FILM: aivideomaker.T2vInput = {"prompt": "a fox", "aspectRatio": "16:9", "duration": "5"}


def known(pictures: Client[Literal["apixo"]], films: Client[Literal["aivideomaker"]], name: str, payload: Dict[str, Any]) -> None:
    pictures.submit("nano-banana", {"mode": "text-to-image", "prompt": "a fox", "image_urls": [Path("fox.png")]}, key="order-42", timeout=3)
    pictures.submit(model="nano-banana", input=NanoBananaInput(mode="text-to-image", prompt="a fox"))
    pictures.submit("nano-banana", payload)
    pictures.submit("nano-banana-9", {"seed": 1})
    pictures.submit(name, payload)
    films.submit("t2v", {"prompt": "a fox", "aspectRatio": "16:9", "duration": "5"}, owner="user-42")
    films.create_generation("i2v", {"image": Path("fox.png"), "duration": "5"})
    films.submit("t2v_v9", FILM)  # wrong
    films.submit("t2v", {"prompt": "a fox", "aspectRatio": "16:9", "duration": "5", "seed": 1})  # wrong
    films.submit("t2v", {"prompt": "a fox", "aspectRatio": "16:9", "duration": 5})  # wrong
    films.submit("t2v", {"prompt": "a fox"})  # wrong
    films.create_generation("t2v_v9", FILM)  # wrong
    films.create_generation("t2v", FILM, timeout=3)  # wrong
    pictures.submit("nano-banana", FOX, kye="order-42")  # wrong
    NanoBananaInput(mode="text-to-image", promt="a fox")  # wrong
    NanoBananaInput(mode="text-to-text", prompt="a fox")  # wrong


async def awaited(films: AsyncClient[Literal["aivideomaker"]]) -> None:
    await (await films.submit("t2v", {"prompt": "a fox", "aspectRatio": "16:9", "duration": "5"})).wait()
    await films.submit("t2v", {"prompt": "a fox", "aspectRatio": "16:9"})  # wrong
    await films.create_generation("t2v_v9", FILM)  # wrong


def others(client: Client, name: str, own: Contract, any_of_these: Union[str, Path, Contract], payload: Dict[str, Any]) -> List[Client]:
    assert_type(Client(name), "Client[str]")
    assert_type(Client(own).submit("landscape", {"width": 1024}), TaskHandle)
    Client(any_of_these, timeout=5).submit(name, payload)
    client.submit("t2v_v9", {"seed": 1})
    client.submit("t2v_v9", "a fox")  # wrong
    Client("apixo", timout=5)  # wrong
    Client(5)  # wrong
    jobs: List[Job] = [{"model": "nano-banana", "input": {"prompt": "a fox"}, "key": "order-42"}]
    Client("aivideomaker").submit_many(jobs)
    either = Client("apixo") if name == "apixo" else Client("apidot")
    either.submit(name, payload)
    Receiver([Client("apixo"), Client("aivideomaker"), client])
    untyped: Client = Client("aivideomaker")
    untyped.submit(name, payload)
    return [client, Client("apixo"), either, untyped]


class Studio(Client):
    def picture(self, prompt: str) -> TaskHandle:
        return self.submit("nano-banana", {"mode": "text-to-image", "prompt": prompt})


def studio(kind: Type[Studio]) -> TaskHandle:
    assert_type(Studio("apixo"), Studio)
    return kind("apixo").picture("a fox")
"""


def program() -> str:
    """Return a program that uses all providers, each with all of its models."""
    lines = [USE]
    for provider in gentask.built_in_providers():
        contract = gentask.load_contract(provider)
        lines.append(f'assert_type(Client("{provider}"), "Client[Literal[\'{provider}\']]")')
        lines.append(f'assert_type(AsyncClient("{provider}"), "AsyncClient[Literal[\'{provider}\']]")')
        lines.extend(f'{provider}_{at}: {provider}.ModelId = "{model}"' for at, model in enumerate(contract.models))
        lines.append(f'{provider}_other: {provider}.ModelId = "of tomorrow"  # wrong')
        mark = "" if contract.is_open else "  # wrong"
        lines.append(f'Client("{provider}").submit("of tomorrow", {provider}_input){mark}')
        lines.insert(1, f"{provider}_input: {provider}.Payload = {{}}  # type: ignore")
    return "\n".join(lines) + "\n"


def test_a_checker_knows_the_models_of_the_built_in_providers_and_their_fields(tmp_path: Path) -> None:
    text = program()
    (tmp_path / "use.py").write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-warn-unused-ignores", "use.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300).stdout
    found = {int(line.split(":")[1]) for line in said.splitlines() if line.startswith("use.py:") and ": error:" in line}
    wrong = {number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# wrong")}
    assert found == wrong, said
    assert len(wrong) > 15


@pytest.fixture(params=gentask.built_in_providers())
def provider(request: pytest.FixtureRequest) -> str:
    name = request.param
    assert isinstance(name, str)
    return name


def module(provider: str) -> ModuleType:
    return importlib.import_module(f"gentask.models.{provider}")


def test_each_model_of_a_built_in_provider_has_a_type(provider: str) -> None:
    assert list(module(provider).INPUTS) == list(gentask.load_contract(provider).models)


def required(contract: gentask.Contract, model: str) -> list[str]:
    """Return the fields without which a payload is refused."""
    schema = contract.input_schema(model) or {}
    parts = [schema, *schema.get("allOf", [])]
    return sorted({name for part in parts for name in part.get("required", [])})


def test_a_type_knows_at_run_time_what_must_be_there(provider: str) -> None:
    contract, typed = gentask.load_contract(provider), 0
    for model, kind in module(provider).INPUTS.items():
        if isinstance(kind, type) and hasattr(kind, "__required_keys__"):
            typed += 1
            assert sorted(kind.__required_keys__) == sorted(required(contract, model)), model
    assert typed > 0


def test_the_package_does_not_load_them() -> None:
    code = "import sys, gentask, gentask.aio, gentask.many; sys.exit(any(name.startswith('gentask.models') for name in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
