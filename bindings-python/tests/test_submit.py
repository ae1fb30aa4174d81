"""What a submit sends. What its answers mean stands in the adversary's table, whose rows are played with either client."""

from __future__ import annotations

import json

import pytest

from gentask import SubmitUnknown

from .support.byhand import ByHand
from .support.jobs import job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .support.both import Both


def test_a_submits_request_is_what_was_previewed(both: Both) -> None:
    with ByHand(b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n") as server:
        client = both.client(base_url=f"{server.url}/prefix", api_key="sk-of-the-wire")
        preview = client.dry_run(*job(), options={"provider": "value"})
        assert (len(client.tasks()), server.requests) == (0, [])
        with pytest.raises(SubmitUnknown):
            client.submit(*job(), options={"provider": "value"})
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        assert preview.url == f"{server.url}/prefix/api/v1/generateTask/nano-banana"
        assert head.startswith(b"POST /prefix/api/v1/generateTask/nano-banana HTTP/1.1\r\n")
        assert (preview.method, preview.body) == ("POST", body)
        assert json.loads(body)["provider"] == "value"
        sent = {name.lower(): value for name, value in (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])}
        assert sent.items() >= preview.headers.items()
        assert sent["authorization"] == "Bearer sk-of-the-wire"
        assert "sk-of-the-wire" not in repr(preview)
