"""What `gentask types` writes is what a checker reads."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import gentask

if TYPE_CHECKING:
    from pathlib import Path

USE = """
from apidot import GptImage2Input
from gentask import Client

client = Client("apidot")
good: GptImage2Input = {"prompt": "a fox", "quality": "low", "size": "100x100"}
client.submit("gpt-image-2", good)
wrong: GptImage2Input = {"prompt": "a fox", "quality": "lowest"}
missing: GptImage2Input = {"quality": "low"}
"""


def test_a_checker_knows_the_fields_of_each_model(tmp_path: Path) -> None:
    for provider in gentask.built_in_providers():
        command = [sys.executable, "-m", "gentask", "types", "--provider", provider, "--lang", "python"]
        written = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        (tmp_path / f"{provider}.py").write_text(written.stdout)
    (tmp_path / "use.py").write_text(USE)
    checker = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *(path.name for path in sorted(tmp_path.glob("*.py")))]
    checked = subprocess.run(checker, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    faults = checked.stdout.splitlines()
    assert [line.split(":")[:2] for line in faults] == [["use.py", "8"], ["use.py", "9"]], checked.stdout + checked.stderr
