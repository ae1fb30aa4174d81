"""A request of the parent's own transport is under way during a fork, and takes the only place: the child has places of its own."""

from __future__ import annotations

import http.client
import threading
from urllib.parse import urlsplit

import gentask

from .fork_support import forked, intents, job, join, new_client, paid

started, go_on = threading.Event(), threading.Event()


class Held:
    """Sends nothing before it may."""

    def send(self, request: gentask.HttpRequest) -> gentask.HttpResponse:
        started.set()
        go_on.wait(45)
        url = urlsplit(request.url)
        connection = http.client.HTTPConnection(url.netloc, timeout=request.timeout)
        try:
            connection.request(request.method, f"{url.path}?{url.query}", request.body or None, dict(request.headers))
            answer = connection.getresponse()
            return gentask.HttpResponse(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()


client = new_client(transport=Held(), max_in_flight=1)
held: list[gentask.TaskHandle] = []
thread = threading.Thread(target=lambda: held.append(client.submit(*job())))
thread.start()
assert started.wait(30)


def child() -> None:
    go_on.set()
    paid(client)


join(forked(child))
assert not go_on.is_set()
go_on.set()
thread.join()
assert held[0].wait().ok
assert len(intents(client)) == 2
