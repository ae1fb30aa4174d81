"""Contracts that no provider has, made from one that it has."""

from __future__ import annotations

import json

from gentask import Contract, load_contract

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def like_apixo(name: str, changes: Mapping[str, Any]) -> Contract:
    """Return APIXO's contract under another name; `changes` go by JSON pointer."""
    source: dict[str, Any] = json.loads(json.dumps(load_contract("apixo").to_dict()))
    source["id"] = name
    for pointer, value in changes.items():
        *parents, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
        place = source
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return load_contract(source)
