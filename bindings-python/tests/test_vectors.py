"""The shared vectors: the same inputs have the same outcome in every language, and none is left out."""

from __future__ import annotations

import copy
import functools
from typing import NamedTuple

import pytest

from .vectors.compare import first_difference
from .vectors.files import FOLDER, ROOT, cases, contract, manifest
from .vectors.runners import RUNNERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .vectors.files import Case

FILES = sorted(manifest()["files"])


class Run(NamedTuple):
    """What came of a file."""

    executed: int
    failures: list[str]


@functools.cache
def run(name: str) -> Run:
    """Run every case of a file, whatever the others do."""
    executed, failures = 0, []
    for number, case in enumerate(cases(name), start=1):
        inputs, expected = parted(case)
        title = f"case {number}, {case['name']!r}"
        try:
            found = RUNNERS[name](inputs)
        except Exception as error:
            failures.append(f"{title} cannot be run: {type(error).__name__}: {error}")
            continue
        executed += 1
        if different := first_difference(expected, found):
            failures.append(f"{title} {different}")
    return Run(executed, failures)


def parted(case: Case) -> tuple[Case, Any]:
    """Part a case into its inputs and what is expected, so that no runner can look at the latter."""
    if "steps" not in case:
        return {name: value for name, value in case.items() if name != "expect"}, case["expect"]
    steps = [{name: value for name, value in step.items() if name != "expect"} for step in case["steps"]]
    return {**case, "steps": steps}, [step["expect"] for step in case["steps"]]


@pytest.mark.parametrize("name", FILES)
def test_every_case_of_a_file_comes_out_as_expected(name: str) -> None:
    executed, failures = run(name)
    assert not failures, f"{len(failures)} of {executed} cases:\n" + "\n".join(failures)
    assert executed == manifest()["files"][name]


def test_all_vectors_were_run_and_none_is_missing_from_the_manifest(capsys: pytest.CaptureFixture[str]) -> None:
    stored = {path.stem for path in FOLDER.glob("*.json")} - {"manifest"}
    assert stored == set(FILES) == set(RUNNERS)
    total = sum(run(name).executed for name in FILES)
    assert total == manifest()["total"] == sum(manifest()["files"].values())
    with capsys.disabled():
        print(f"\nvectors: {total} cases in {len(FILES)} files, through the public Python API")


def test_every_contract_of_the_vectors_loads_and_is_used() -> None:
    for name in manifest()["contracts"]:
        contract(name).check_samples()
    used = {case["contract"] for name in FILES for case in cases(name) if "contract" in case}
    assert used == set(manifest()["contracts"])
    files = {str(path.relative_to(ROOT)) for folder in ("contracts", "vectors/contracts") for path in (ROOT / folder).glob("*.json")}
    assert files == {name for name in used if name.endswith(".json")}


@pytest.mark.parametrize("name", FILES)
def test_no_part_of_an_expectation_could_be_wrong_without_being_noticed(name: str) -> None:
    tried, unnoticed = 0, []
    for case in one_of_each_shape(name):
        inputs, expected = parted(case)
        found = RUNNERS[name](inputs)
        for what, changed in changes(expected):
            tried += 1
            if first_difference(changed, found) is None:
                unnoticed.append(f"{case['name']!r}: {what}")
    assert tried > 0
    assert unnoticed == []


def one_of_each_shape(name: str) -> list[Case]:
    """Return the first case of each shape of expectation. Those with the same members are alike."""
    shapes: dict[str, Case] = {}
    for case in cases(name):
        expected = parted(case)[1]
        members = {member for each in (expected if "steps" in case else [expected]) if isinstance(each, dict) for member in each}
        shapes.setdefault(str(sorted(members)), case)
    return list(shapes.values())


def changes(value: Any) -> Iterator[tuple[str, Any]]:
    """Return a value with each of its parts changed, and with each of its members left out, one at a time."""
    for path, part in parts(value):
        at = "/".join(map(str, path))
        yield f"{at} changed", replaced(value, path, other_than(part))
        if path and isinstance(path[-1], str):
            yield f"{at} left out", without(value, path)


def parts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from parts(member, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts(item, (*path, index))


def other_than(value: Any) -> Any:
    """Return a value of the same kind that is another one."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, list):
        return [*value, None]
    if isinstance(value, dict):
        return {**value, "more": None}
    return False


def replaced(value: Any, path: tuple[str | int, ...], part: Any) -> Any:
    if not path:
        return part
    changed = copy.deepcopy(value)
    functools.reduce(lambda at, step: at[step], path[:-1], changed)[path[-1]] = part
    return changed


def without(value: Any, path: tuple[str | int, ...]) -> Any:
    changed = copy.deepcopy(value)
    del functools.reduce(lambda at, step: at[step], path[:-1], changed)[path[-1]]
    return changed
