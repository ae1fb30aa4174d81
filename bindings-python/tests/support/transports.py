"""Transports as a user would write them: one over `http.client`, one over asyncio's streams. One connection for each request."""

from __future__ import annotations

import asyncio
import http.client
from urllib.parse import urlsplit

from gentask import HttpRequest, HttpResponse, NotSent


class PlainTransport:
    """Sends with the standard library."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []

    def send(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        url = urlsplit(request.url)
        connection = http.client.HTTPConnection(url.netloc, timeout=request.timeout)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NotSent("no connection") from error
            target = f"{url.path}?{url.query}" if url.query else url.path
            connection.request(request.method, target, request.body or None, dict(request.headers))
            answer = connection.getresponse()
            try:
                body, end = answer.read(request.response_cap + 1), "whole"
            except http.client.IncompleteRead as error:
                body, end = error.partial, "truncated"
            if answer.length:
                end = "tooLarge" if len(body) > request.response_cap else "truncated"
            return HttpResponse(answer.status, answer.getheaders(), body, end)
        finally:
            connection.close()


class AsyncTransport:
    """Sends in an event loop."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []
        self.loops: set[asyncio.AbstractEventLoop] = set()

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        self.loops.add(asyncio.get_running_loop())
        return await asyncio.wait_for(self._exchange(request), request.timeout)

    async def _exchange(self, request: HttpRequest) -> HttpResponse:
        url = urlsplit(request.url)
        try:
            reader, writer = await asyncio.open_connection(url.hostname, url.port)
        except OSError as error:
            raise NotSent("no connection") from error
        try:
            target = f"{url.path}?{url.query}" if url.query else url.path
            head = [f"{request.method} {target} HTTP/1.1", f"host: {url.netloc}", "connection: close"]
            head += [f"{name}: {value}" for name, value in request.headers]
            head += [f"content-length: {len(request.body)}", "", ""]
            writer.write("\r\n".join(head).encode() + request.body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = [(name.lower(), value) for name, value in (line.split(": ", 1) for line in answer[1:] if line)]
            length = int(dict(headers)["content-length"])
            body = await reader.read(-1)
            return HttpResponse(int(answer[0].split()[1]), headers, body, "whole" if len(body) == length else "truncated")
        finally:
            writer.close()
            await writer.wait_closed()
