"""The adversary's table (`tests/adversary/` of the workspace), played through the public API. `ADVERSARY=text` plays only some rows."""

from __future__ import annotations

import os
from typing import cast

import pytest

from .support.adversary import Plays, cases, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .support.both import Kind

ROWS = names()


@pytest.fixture(scope="module")
def plays(request: pytest.FixtureRequest) -> Iterator[Plays]:
    """Play all rows that are wanted, as soon as the first one is."""
    tests = [item for item in request.session.items if isinstance(item, pytest.Function) and item.originalname == "test_a_row_holds"]
    wanted: list[tuple[str, Kind]] = [cast("tuple[str, Kind]", item.callspec.params["case"]) for item in tests]
    running = Plays(wanted)
    yield running
    running.close()


@pytest.mark.parametrize("case", cases(), ids=", ".join)
def test_a_row_holds(plays: Plays, case: tuple[str, Kind]) -> None:
    faults = plays.faults(case)
    assert not faults, "\n".join(faults)


@pytest.mark.skipif("ADVERSARY" in os.environ, reason="only some rows were asked for")
def test_every_row_of_the_table_was_there_to_be_played(plays: Plays) -> None:
    print(f"adversary: {len(ROWS)} of {len(plays.table.rows)} rows in Python")
    assert sorted(plays.table.rows) == sorted(ROWS)
