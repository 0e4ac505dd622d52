"""The client of FastMCP, version 4, against a server.

Usage: fastmcp4.py (everything|product|slow_runs) URL (http|http2|sse) (auto|legacy) [EMAIL PASSWORD]
"""

import contextlib
import importlib

import anyio
import httpx2
import mcp_types as types
from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult
from fastmcp.client.transports import SSETransport, StreamableHttpTransport
from mcp import MCPError
from mcp.client.subscriptions import listen

from shared.everything import everything
from shared.product import product, slow_runs
from shared.steps import SECONDS, describe, run


class Connection:
    def __init__(self, client, user, wire):
        self.client, self.user, self.wire = client, user, wire

    @property
    def revision(self):
        return self.client.protocol_version

    @property
    def offers(self):
        return sorted(self.client.server_capabilities.model_dump(exclude_none=True))

    @property
    def server(self):
        return self.client.server_info.name

    async def tools(self):
        return sorted(tool.name for tool in await self.client.list_tools())

    async def call(self, tool, arguments=None, progress=False, user=None):
        handler = (user or self.user).on_progress if progress else None
        return shown(await self.client.call_tool(tool, arguments, progress_handler=handler, raise_on_error=False))

    async def resources(self):
        return [str(resource.uri) for resource in await self.client.list_resources()]

    async def templates(self):
        return [template.uri_template for template in await self.client.list_resource_templates()]

    async def read(self, uri):
        contents = await self.client.read_resource(uri)
        return [[part.mime_type, getattr(part, "text", None) or getattr(part, "blob", None)] for part in contents]

    async def prompts(self):
        return [prompt.name for prompt in await self.client.list_prompts()]

    async def prompt(self, name, arguments):
        return [message.content.text for message in (await self.client.get_prompt(name, arguments)).messages]

    async def complete(self, prompt, argument, value):
        ref = types.PromptReference(type="ref/prompt", name=prompt)
        return (await self.client.complete(ref, {"name": argument, "value": value})).values

    async def level(self, level):
        await self.client.set_logging_level(level)

    async def changed(self):
        """On 2026-07-28 by the SDK beneath; earlier revisions tell without being asked."""
        if self.client.session.discover_result is not None:
            async with listen(self.client.session, tools_list_changed=True) as changes:
                await self.client.call_tool("test_trigger_tool_change")
                async for change in changes:
                    return type(change).__name__
        await self.client.call_tool("test_trigger_tool_change")
        await self.user.until(lambda: self.user.changes)
        return self.user.changes

    async def watched(self, uri, change):
        """The library leaves this to the session of the SDK beneath it, which listens by a function of its own."""
        if self.client.session.discover_result is not None:
            async with listen(self.client.session, resource_subscriptions=[uri]) as changes:
                await change()
                async for event in changes:
                    return event.uri
        await self.client.session.subscribe_resource(uri)
        await change()
        await self.user.until(lambda: self.user.updates)
        await self.client.session.unsubscribe_resource(uri)
        return self.user.updates[0]

    async def give_up(self, tool, arguments):
        with anyio.move_on_after(1) as scope:
            await self.client.call_tool(tool, arguments)
        return "given up" if scope.cancelled_caught else "answered"

    async def outcome(self, tool, arguments=None):
        try:
            return await self.call(tool, arguments)
        except MCPError as error:
            return describe(error)

    async def cancel_task(self, tool, arguments):
        task = await importlib.import_module("fastmcp_tasks").call_tool_task(self.client, tool, arguments)
        await task.cancel()
        return (await task.wait(timeout=SECONDS)).status


def shown(result):
    return {
        "isError": bool(result.is_error),
        "kinds": [block.type for block in result.content],
        "text": [block.text for block in result.content if block.type == "text"],
        "structured": result.structured_content,
    }


@contextlib.asynccontextmanager
async def connection(url, transport, mode, user, wire, bare=False):
    async def on_form(message, response_type, params, context):
        content = user.form(message, params.requested_schema)
        return ElicitResult(action=user.action, content=content if user.action == "accept" else None)

    async def on_sample(messages, params, context):
        return user.sample(messages[0].content.text)

    def on_roots(context):
        return user.roots()

    async def on_log(message):
        user.logs.append([message.level, message.data])

    async def on_message(message):
        if isinstance(message, types.ToolListChangedNotification):
            user.changes.append(type(message).__name__)
        if isinstance(message, types.ResourceUpdatedNotification):
            user.updates.append(message.params.uri)

    def http_client(headers=None, timeout=None, auth=None, **others):
        return httpx2.AsyncClient(
            headers=headers,
            auth=auth,
            timeout=httpx2.Timeout(SECONDS),
            event_hooks=wire.hooks,
            http2=transport == "http2",
        )

    kind = SSETransport if transport == "sse" else StreamableHttpTransport
    client = Client(
        kind(url, httpx_client_factory=http_client),
        mode=mode,
        timeout=SECONDS,
        elicitation_handler=None if bare else on_form,
        sampling_handler=None if bare else on_sample,
        roots=None if bare else on_roots,
        log_handler=on_log,
        message_handler=on_message,
    )
    async with client:
        yield Connection(client, user, wire)


async def main(steps, scenario, url, transport, mode, *account):
    def connect(user, wire, bare=False):
        return connection(url, transport, mode, user, wire, bare=bare)

    @contextlib.asynccontextmanager
    async def with_tasks(user, wire):
        # Every client made after this import offers the extension.
        importlib.import_module("fastmcp_tasks")
        async with connect(user, wire) as client:
            yield client

    connect.tasks = with_tasks
    match scenario:
        case "everything":
            await everything(steps, connect, transport)
        case "product":
            await product(steps, connect, *account)
        case "slow_runs":
            await slow_runs(steps, connect)


run(main)
