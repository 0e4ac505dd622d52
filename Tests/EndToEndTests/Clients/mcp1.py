"""The MCP Python SDK, version 1, against a server.

Usage: mcp1.py (everything|product) URL (http|sse) REVISION [EMAIL PASSWORD]

The library asks for 2025-11-25; another REVISION is what a client frozen at it asks for.
"""

import contextlib
from datetime import timedelta

import anyio
import httpx
from mcp import ClientSession, McpError, types
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

from shared.everything import everything
from shared.product import product
from shared.steps import SECONDS, describe, run


class Connection:
    def __init__(self, session, opened, user, wire):
        self.session, self.user, self.wire = session, user, wire
        self.revision = opened.protocolVersion
        self.server = opened.serverInfo.name
        self.offers = sorted(opened.capabilities.model_dump(exclude_none=True))

    async def tools(self):
        return sorted(tool.name for tool in (await self.session.list_tools()).tools)

    async def call(self, tool, arguments=None, progress=False, user=None):
        callback = (user or self.user).on_progress if progress else None
        return shown(await self.session.call_tool(tool, arguments, progress_callback=callback))

    async def resources(self):
        return [str(resource.uri) for resource in (await self.session.list_resources()).resources]

    async def templates(self):
        return [one.uriTemplate for one in (await self.session.list_resource_templates()).resourceTemplates]

    async def read(self, uri):
        contents = (await self.session.read_resource(types.AnyUrl(uri))).contents
        return [[part.mimeType, getattr(part, "text", None) or getattr(part, "blob", None)] for part in contents]

    async def prompts(self):
        return [prompt.name for prompt in (await self.session.list_prompts()).prompts]

    async def prompt(self, name, arguments):
        return [message.content.text for message in (await self.session.get_prompt(name, arguments)).messages]

    async def complete(self, prompt, argument, value):
        ref = types.PromptReference(type="ref/prompt", name=prompt)
        return (await self.session.complete(ref, {"name": argument, "value": value})).completion.values

    async def level(self, level):
        await self.session.set_logging_level(level)

    async def changed(self):
        await self.session.call_tool("test_trigger_tool_change")
        await self.user.until(lambda: self.user.changes)
        return self.user.changes

    async def watched(self, uri, change):
        """A resource that is watched and then changed by another call."""
        await self.session.subscribe_resource(types.AnyUrl(uri))
        await change()
        await self.user.until(lambda: self.user.updates)
        await self.session.unsubscribe_resource(types.AnyUrl(uri))
        return self.user.updates[0]

    async def give_up(self, tool, arguments):
        """The library leaves the notification to its user, who learns the request's id from the wire."""
        ended = []

        async def call():
            try:
                ended.append(shown(await self.session.call_tool(tool, arguments))["text"])
            except McpError as error:
                ended.append(describe(error).get("code"))

        async with anyio.create_task_group() as group:
            group.start_soon(call)
            await anyio.sleep(1)
            params = types.CancelledNotificationParams(requestId=self.wire.last_id("tools/call"), reason="changed my mind")
            await self.session.send_notification(
                types.ClientNotification(types.CancelledNotification(params=params))
            )
            with anyio.move_on_after(2):
                while not ended:
                    await anyio.sleep(0.01)
            group.cancel_scope.cancel()
        return ended[0] if ended else "given up"

    async def outcome(self, tool, arguments=None):
        try:
            return await self.call(tool, arguments)
        except McpError as error:
            return describe(error)


def shown(result):
    return {
        "isError": bool(result.isError),
        "kinds": [block.type for block in result.content],
        "text": [block.text for block in result.content if block.type == "text"],
        "structured": result.structuredContent,
    }


@contextlib.asynccontextmanager
async def connection(url, transport, user, wire, bare=False):
    async def on_form(context, params):
        if params.mode != "form":
            return types.ErrorData(code=types.INVALID_PARAMS, message="only forms")
        content = user.form(params.message, params.requestedSchema)
        return types.ElicitResult(action=user.action, content=content if user.action == "accept" else None)

    async def on_sample(context, params):
        text = user.sample(params.messages[0].content.text)
        return types.CreateMessageResult(
            role="assistant", model="wanda", content=types.TextContent(type="text", text=text), stopReason="endTurn"
        )

    async def on_roots(context):
        return types.ListRootsResult(roots=[types.Root(uri=uri) for uri in user.roots()])

    async def on_log(params):
        user.logs.append([params.level, params.data])

    async def on_message(message):
        notification = getattr(message, "root", None)
        if isinstance(notification, types.ToolListChangedNotification):
            user.changes.append(type(notification).__name__)
        if isinstance(notification, types.ResourceUpdatedNotification):
            user.updates.append(str(notification.params.uri))

    def http_client(headers=None, timeout=None, auth=None):
        return httpx.AsyncClient(headers=headers, auth=auth, timeout=httpx.Timeout(SECONDS), event_hooks=wire.hooks)

    async with contextlib.AsyncExitStack() as stack:
        if transport == "sse":
            streams = await stack.enter_async_context(sse_client(url, httpx_client_factory=http_client))
        else:
            client = await stack.enter_async_context(http_client())
            streams = await stack.enter_async_context(streamable_http_client(url, http_client=client))
        session = ClientSession(
            *streams[:2],
            read_timeout_seconds=timedelta(seconds=SECONDS),
            elicitation_callback=None if bare else on_form,
            sampling_callback=None if bare else on_sample,
            list_roots_callback=None if bare else on_roots,
            logging_callback=on_log,
            message_handler=on_message,
        )
        await stack.enter_async_context(session)
        yield Connection(session, await session.initialize(), user, wire)


async def main(steps, scenario, url, transport, revision, *account):
    types.LATEST_PROTOCOL_VERSION = revision

    def connect(user, wire, bare=False):
        return connection(url, transport, user, wire, bare)

    if scenario == "everything":
        await everything(steps, connect, transport)
    else:
        await product(steps, connect, *account)


run(main)
