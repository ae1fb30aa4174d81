"""What `gentask types` writes is what a checker reads."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import gentask

from .support.contracts import like_apixo

if TYPE_CHECKING:
    from pathlib import Path

ODD = {
    "type": "object",
    "required": ["class", "prompt"],
    "properties": {"class": {"type": "string"}, "prompt": {"type": "string"}, "16:9": {"type": "boolean"}, "__size": {"type": "integer"}},
}
"""An input whose fields have names that Python keeps for itself, or that are none."""

USE = """
from apidot import GptImage2Input
from odd import NanoBananaInput
from gentask import Client

client = Client("apidot")
good: GptImage2Input = {"prompt": "a fox", "quality": "low", "size": "100x100"}
client.submit("gpt-image-2", good)
wrong: GptImage2Input = {"prompt": "a fox", "quality": "lowest"}
missing: GptImage2Input = {"quality": "low"}
odd: NanoBananaInput = {"class": "first", "prompt": "a fox", "16:9": True}
lacking: NanoBananaInput = {"class": "first", "16:9": True}
unknown: NanoBananaInput = {"class": "first", "prompt": "a fox", "9:16": True}
"""


def test_a_checker_knows_the_fields_of_each_model(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text(json.dumps(like_apixo("odd", {"/models/list/nano-banana/input": ODD}).to_dict()))
    providers = [(name, name) for name in gentask.built_in_providers()]
    for name, provider in [*providers, ("odd", str(tmp_path / "odd.json"))]:
        command = [sys.executable, "-m", "gentask", "types", "--provider", provider, "--lang", "python"]
        written = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        (tmp_path / f"{name}.py").write_text(written.stdout)
        # Typing's own rules for such a class hold, too.
        subprocess.run([sys.executable, f"{name}.py"], cwd=tmp_path, check=True, timeout=60)
    (tmp_path / "use.py").write_text(USE)
    checker = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *(path.name for path in sorted(tmp_path.glob("*.py")))]
    checked = subprocess.run(checker, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    faults = checked.stdout.splitlines()
    assert [line.split(":")[:2] for line in faults] == [["use.py", str(line)] for line in (9, 10, 12, 13)], checked.stdout + checked.stderr
