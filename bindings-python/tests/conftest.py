"""What every test may ask for. `gentask_sandbox` is the fixture that users of the package have."""

from __future__ import annotations

import signal

import pytest

from gentask import pytest_plugin
from gentask.testing import Sandbox

from .support.both import KINDS, Both, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    # Whoever starts the tests in the background of a shell may have them ignore interrupts, and so would all programs that they start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Where the package is installed pytest has found it already.
    if not config.pluginmanager.has_plugin("gentask"):
        config.pluginmanager.register(pytest_plugin, "gentask")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Run the test twice: with `Client`, and with `AsyncClient` in an event loop."""
    chosen: Kind = request.param
    return chosen


@pytest.fixture
def both(kind: Kind) -> Iterator[Both]:
    """Give clients of either kind with the same face, over a sandbox of the test's own, whose tasks take a fiftieth of a second."""
    with Sandbox(speed=1) as sandbox, Both(kind, sandbox) as both:
        sandbox.reset(taskMs=dict.fromkeys(("image", "video", "audio", "model"), 20), readPerMin=0)
        yield both
