"""The files that all languages share: their cases, their contracts and how many cases there are."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import gentask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask import Contract

Case = dict[str, "Any"]

ROOT = Path(__file__).parents[3] / "tests"
"""The folder that the paths of contracts begin at."""
FOLDER = ROOT / "vectors"

START = 1_790_000_000_000
"""When every run begins whose case names no other time, in Unix milliseconds."""
ENTROPY = "0123456789abcdef" * 4
"""The entropy of cases that name none, in hexadecimal."""


@functools.cache
def manifest() -> dict[str, Any]:
    """Say which files there are, and how many cases each has."""
    read: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_bytes())
    return read


@functools.cache
def cases(name: str) -> list[Case]:
    """Return the cases of a file."""
    read: list[Case] = json.loads((FOLDER / f"{name}.json").read_bytes())["cases"]
    return read


def source(name: str) -> str | Path:
    """Return what a contract is loaded from: a built-in name, or a path."""
    return ROOT / name if name.endswith(".json") else name


@functools.cache
def contract(name: str) -> Contract:
    """Load a contract by its name in the vectors."""
    return gentask.load_contract(source(name))


@functools.cache
def example(name: str) -> dict[str, Any]:
    """Return the generation of a contract that cases mean which name none."""
    title = f"{name}: the example is valid"
    found: dict[str, Any] = next(case["generation"] for case in cases("validate") if case["name"] == title)
    return found
