"""Drives the server with the Python SDK over Streamable HTTP: connect, list, call, progress, cancel.

Usage: streamable_http.py URL MODE, with MODE "auto" or "legacy". Prints one word for each step that worked.
"""

import sys

import anyio
from mcp import Client, MCPError


async def main(url: str, mode: str) -> None:
    async with Client(url, mode=mode, read_timeout_seconds=20) as client:
        print("version", client.protocol_version)
        print("server", client.server_info.name)

        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        print("tools", " ".join(sorted(tools)))
        assert tools["echo"].annotations.read_only_hint is True

        result = await client.call_tool("echo", {"text": "grüße 😀"})
        assert not result.is_error and "grüße 😀" in result.content[0].text, result
        print("called")

        result = await client.call_tool("structured")
        assert result.structured_content == {"n": 1}, result
        print("structured")

        result = await client.call_tool("error")
        assert result.is_error and "try again" in result.content[0].text, result
        print("failed")

        seen: list[float] = []

        async def on_progress(progress: float, total: float | None, message: str | None) -> None:
            assert total == 3 and message == f"step {progress:.0f}", (total, message)
            seen.append(progress)

        result = await client.call_tool("progress", progress_callback=on_progress)
        assert result.content[0].text == "done", result
        while len(seen) < 3:
            await anyio.sleep(0.01)
        assert seen == [1, 2, 3], seen
        print("progressed")

        try:
            await client.call_tool("nope")
            raise AssertionError("an unknown tool was called")
        except MCPError as error:
            assert error.code == -32602, error
        print("refused")

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
