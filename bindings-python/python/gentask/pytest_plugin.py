"""The fixture `gentask_sandbox`, for pytest. It is found by itself where the package is installed."""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gentask.testing import Sandbox


@pytest.fixture
def gentask_sandbox() -> Iterator[Sandbox]:
    """Give a test providers of its own, simulated on this machine: `gentask_sandbox.client("apixo")`. See `gentask.testing.Sandbox`."""
    from gentask.testing import Sandbox

    with Sandbox() as sandbox:
        yield sandbox
