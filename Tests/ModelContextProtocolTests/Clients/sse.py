"""Drives the server with the Python SDK over HTTP+SSE: connect, list, call, progress, cancel.

Usage: sse.py URL MODE, with MODE "auto" or "legacy". Prints one word for each step that worked.
"""

import sys

import anyio
from mcp import Client
from mcp.client.sse import sse_client


async def main(url: str, mode: str) -> None:
    async with Client(sse_client(url), mode=mode, read_timeout_seconds=20) as client:
        print("version", client.protocol_version)
        tools = (await client.list_tools()).tools
        print("tools", " ".join(sorted(tool.name for tool in tools)))

        result = await client.call_tool("echo", {"text": "hello"})
        assert "hello" in result.content[0].text, result
        print("called")

        seen: list[float] = []

        async def on_progress(progress: float, total: float | None, message: str | None) -> None:
            seen.append(progress)

        result = await client.call_tool("progress", progress_callback=on_progress)
        assert result.content[0].text == "done", result
        while len(seen) < 3:
            await anyio.sleep(0.01)
        assert seen == [1, 2, 3], seen
        print("progressed")

        started = anyio.Event()

        async def on_start(progress: float, total: float | None, message: str | None) -> None:
            started.set()

        async with anyio.create_task_group() as tasks:

            async def call_slow() -> None:
                await client.call_tool("slow", progress_callback=on_start)
                raise AssertionError("the slow call was answered")

            tasks.start_soon(call_slow)
            await started.wait()
            tasks.cancel_scope.cancel()
        result = await client.call_tool("echo", {})
        assert not result.is_error
        print("cancelled")
    print("closed")


anyio.run(main, *sys.argv[1:3])
