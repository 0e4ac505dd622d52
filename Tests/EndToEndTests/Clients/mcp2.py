"""The MCP Python SDK, version 2, against a server.

Usage: mcp2.py (everything|product|slow_runs) URL (http|sse) (auto|legacy) [EMAIL PASSWORD]
"""

import contextlib
from typing import Literal

import anyio
import httpx2
import mcp_types as types
from mcp import Client, MCPError
from mcp.client import ClaimContext, ClientExtension, ResultClaim
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

from shared.everything import MODERN, everything
from shared.product import product, slow_runs
from shared.steps import SECONDS, describe, run

TASKS = "io.modelcontextprotocol/tasks"


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
        return sorted(tool.name for tool in (await self.client.list_tools()).tools)

    async def call(self, tool, arguments=None, progress=False, user=None):
        callback = (user or self.user).on_progress if progress else None
        return shown(await self.client.call_tool(tool, arguments, progress_callback=callback))

    async def resources(self):
        return [resource.uri for resource in (await self.client.list_resources()).resources]

    async def templates(self):
        listed = await self.client.list_resource_templates()
        return [template.uri_template for template in listed.resource_templates]

    async def read(self, uri):
        contents = (await self.client.read_resource(uri)).contents
        return [[part.mime_type, getattr(part, "text", None) or getattr(part, "blob", None)] for part in contents]

    async def prompts(self):
        return [prompt.name for prompt in (await self.client.list_prompts()).prompts]

    async def prompt(self, name, arguments):
        return [message.content.text for message in (await self.client.get_prompt(name, arguments)).messages]

    async def complete(self, prompt, argument, value):
        ref = types.PromptReference(type="ref/prompt", name=prompt)
        return (await self.client.complete(ref, {"name": argument, "value": value})).completion.values

    async def level(self, level):
        await self.client.set_logging_level(level)

    async def changed(self):
        """A change of the tool list, told without being asked."""
        if self.revision == MODERN:
            async with self.client.listen(tools_list_changed=True) as changes:
                await self.client.call_tool("test_trigger_tool_change")
                async for change in changes:
                    return type(change).__name__
        await self.client.call_tool("test_trigger_tool_change")
        await self.user.until(lambda: self.user.changes)
        return self.user.changes

    async def watched(self, uri, change):
        """A resource that is watched and then changed by another call."""
        if self.revision == MODERN:
            async with self.client.listen(resource_subscriptions=[uri]) as changes:
                await change()
                async for event in changes:
                    return event.uri
        await self.client.subscribe_resource(uri)
        await change()
        await self.user.until(lambda: self.user.updates)
        await self.client.unsubscribe_resource(uri)
        return self.user.updates[0]

    async def give_up(self, tool, arguments):
        """Cancelling the task that awaits the call is all the library asks for."""
        with anyio.move_on_after(1) as scope:
            await self.client.call_tool(tool, arguments)
        return "given up" if scope.cancelled_caught else "answered"

    async def outcome(self, tool, arguments=None):
        try:
            return await self.call(tool, arguments)
        except MCPError as error:
            return describe(error)


def shown(result):
    return {
        "isError": bool(result.is_error),
        "kinds": [block.type for block in result.content],
        "text": [block.text for block in result.content if block.type == "text"],
        "structured": result.structured_content,
    }


@contextlib.asynccontextmanager
async def connection(url, transport, mode, user, wire, bare=False, extensions=()):
    async def on_form(context, params):
        if params.mode != "form":
            return types.ErrorData(code=types.INVALID_PARAMS, message="only forms")
        content = user.form(params.message, params.requested_schema)
        return types.ElicitResult(action=user.action, content=content if user.action == "accept" else None)

    async def on_sample(context, params):
        text = user.sample(params.messages[0].content.text)
        return types.CreateMessageResult(
            role="assistant", model="wanda", content=types.TextContent(type="text", text=text), stop_reason="endTurn"
        )

    async def on_roots(context):
        return types.ListRootsResult(roots=[types.Root(uri=uri) for uri in user.roots()])

    async def on_log(params):
        user.logs.append([params.level, params.data])

    async def on_message(message):
        if isinstance(message, types.ToolListChangedNotification):
            user.changes.append(type(message).__name__)
        if isinstance(message, types.ResourceUpdatedNotification):
            user.updates.append(message.params.uri)

    def http_client(headers=None, timeout=None, auth=None):
        return httpx2.AsyncClient(headers=headers, auth=auth, timeout=httpx2.Timeout(SECONDS), event_hooks=wire.hooks)

    async with contextlib.AsyncExitStack() as stack:
        if transport == "sse":
            server = sse_client(url, httpx_client_factory=http_client)
        else:
            server = streamable_http_client(url, http_client=await stack.enter_async_context(http_client()))
        client = Client(
            server,
            mode=mode,
            read_timeout_seconds=SECONDS,
            elicitation_callback=None if bare else on_form,
            sampling_callback=None if bare else on_sample,
            list_roots_callback=None if bare else on_roots,
            logging_callback=on_log,
            log_level="debug",
            message_handler=on_message,
            extensions=extensions,
            cache=None,
        )
        yield Connection(await stack.enter_async_context(client), user, wire)


class CreatedTask(types.Result):
    result_type: Literal["task"]
    task_id: str
    status: str
    ttl_ms: int | None = None
    poll_interval_ms: int = 100


class Task(types.Result):
    task_id: str
    status: str
    input_requests: dict | None = None
    result: dict | None = None
    error: dict | None = None


class TaskParams(types.RequestParams):
    task_id: str
    input_responses: dict | None = None


class TaskRequest(types.Request[TaskParams, str]):
    name_param = "taskId"
    method: str
    params: TaskParams


class Tasks(ClientExtension):
    """The extension for tasks by the SDK's own hook: the SDK finds the shape, the extension polls."""

    identifier = TASKS

    def __init__(self, user):
        self.user = user
        self.cancel_next = False

    def claims(self):
        return [ResultClaim(result_type="task", model=CreatedTask, resolve=self.resolve)]

    async def ask(self, session, method, task, **params):
        request = TaskRequest(method=method, params=TaskParams(task_id=task, **params))
        return await session.send_request(request, Task if method == "tasks/get" else types.Result)

    async def resolve(self, created: CreatedTask, context: ClaimContext) -> types.CallToolResult:
        if self.cancel_next:
            await self.ask(context.session, "tasks/cancel", created.task_id)
        while True:
            task = await self.ask(context.session, "tasks/get", created.task_id)
            match task.status:
                case "completed":
                    return types.CallToolResult.model_validate(task.result)
                case "failed":
                    raise MCPError(code=task.error["code"], message=task.error["message"])
                case "cancelled":
                    return types.CallToolResult(content=[types.TextContent(type="text", text="cancelled")])
                case "input_required":
                    answers = {
                        key: {
                            "action": self.user.action,
                            "content": self.user.form(asked["params"]["message"], asked["params"]["requestedSchema"]),
                        }
                        for key, asked in task.input_requests.items()
                    }
                    await self.ask(context.session, "tasks/update", created.task_id, input_responses=answers)
            await anyio.sleep(created.poll_interval_ms / 1000)


async def main(steps, scenario, url, transport, mode, *account):
    def connect(user, wire, bare=False):
        return connection(url, transport, mode, user, wire, bare=bare)

    @contextlib.asynccontextmanager
    async def with_tasks(user, wire):
        extension = Tasks(user)
        async with connection(url, transport, mode, user, wire, extensions=[extension]) as client:

            async def cancel_task(tool, arguments):
                extension.cancel_next = True
                return await client.call(tool, arguments)

            client.cancel_task = cancel_task
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
