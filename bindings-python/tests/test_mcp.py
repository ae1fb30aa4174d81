"""`gentask mcp`, spoken to by the official client of the Model Context Protocol."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ORDER: dict[str, Any] = {"provider": "apixo", "model": "nano-banana", "input": {"mode": "text-to-image", "prompt": "a fox"}, "key": "one"}


def test_the_official_client_orders_a_picture_and_sees_it() -> None:
    asyncio.run(asyncio.wait_for(order_a_picture(), 90))


async def order_a_picture() -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "gentask", "mcp", "--sandbox"])
    heard: list[float] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append(progress)

    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = await session.list_tools()
        names = {tool.name for tool in tools.tools}
        assert {"create_generation", "get_status", "get_task", "cancel_task", "validate", "models", "unresolved", "adopt"} <= names
        made = await session.call_tool("create_generation", ORDER, progress_callback=hear)
        assert not made.is_error
        assert made.structured_content is not None
        assert made.structured_content["status"] == "success"
        assert [part.type for part in made.content] == ["text", "image"]
        again = await session.call_tool("create_generation", ORDER)
        assert again.structured_content is not None
        assert again.structured_content["data"]["intentId"] == made.structured_content["data"]["intentId"]
        refused = await session.call_tool("create_generation", {**ORDER, "key": "two", "input": {}})
        assert refused.is_error
        assert refused.structured_content is not None
        assert refused.structured_content["errorCode"] == "INVALID_PAYLOAD"
    assert heard == sorted(set(heard))
    assert len(heard) >= 2
