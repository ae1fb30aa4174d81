"""The stub of the native module shows editors what the module says of itself."""

from __future__ import annotations

import ast
from pathlib import Path

import gentask
from gentask import _native, sansio

STUB = Path(__file__).parents[1] / "python" / "gentask" / "_native.pyi"
PUBLIC = {*gentask.__all__, *sansio.__all__, "BuiltInStore"}


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def test_every_public_class_function_and_method_has_the_words_of_the_module() -> None:
    documented = 0
    for node in ast.parse(STUB.read_text()).body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef)) or node.name not in PUBLIC:
            continue
        real = getattr(_native, node.name)
        if isinstance(node, ast.FunctionDef) and node.name in gentask.__all__ and real is not getattr(gentask, node.name):
            continue
        # Of the same name as a class of Python's own, such as a client.
        if not any(getattr(module, node.name, None) is real for module in (gentask, sansio)) and node.name != "BuiltInStore":
            continue
        assert words(ast.get_docstring(node)) == words(real.__doc__) != "", node.name
        documented += 1
        for item in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
                told = getattr(real, item.name).__doc__
                assert words(ast.get_docstring(item)) == words(told) != "", f"{node.name}.{item.name}"
                documented += 1
    assert documented > 150
