"""Serves callbacks for a client of a store that others use too, and prints what became of each once its input has ended."""

from __future__ import annotations

import json
import sys

import gentask
import gentask.wsgi

from ..support.servers import wsgi

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BASE_URL, STORE, SECRET = sys.argv[1:]


class Noting:
    """A receiver that notes what became of each callback."""

    def __init__(self, client: gentask.Client) -> None:
        self.client = client
        self.outcomes: list[str] = []

    def receive(self, *came: Any) -> Any:
        receipt = self.client.receive(*came)
        self.outcomes.append(receipt.outcome)
        return receipt


with gentask.Client("apixo", api_key="any", base_url=BASE_URL, store=STORE, callback_secrets=SECRET) as client:
    noting: Any = Noting(client)
    with wsgi(gentask.wsgi.callbacks(noting)) as address:
        print(address, flush=True)
        sys.stdin.read()
    print(json.dumps(noting.outcomes))
