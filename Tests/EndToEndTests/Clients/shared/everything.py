"""The steps against the fixture server: every feature a client has, once.

`connect(user, wire, bare=False)` opens a connection of the client library under test; see `mcp2.py` for its methods.
"""

import anyio

from .steps import refusal
from .user import NAME, REPLY, ROOT, User
from .wire import Wire

MODERN = "2026-07-28"
UPDATE = "test_update_watched_resource"


def since(revision, first):
    """Revisions are dates and compare as text."""
    return revision >= first


async def everything(steps, connect, transport):
    user, wire = User(), Wire()
    async with connect(user, wire) as client:
        revision = client.revision
        modern = since(revision, MODERN)
        steps.show("connected", {"revision": revision, "server": client.server, "offers": client.offers})
        await steps.take("tools", client.tools)
        await steps.take("call", client.call, "test_simple_text")
        await steps.take("mixed", client.call, "test_multiple_content_types")
        await steps.take("audio", client.call, "test_audio_content")
        await steps.take("link", client.call, "test_resource_link")
        await steps.take("resources", client.resources)
        await steps.take("templates", client.templates)
        await steps.take("read", client.read, "test://static-text")
        await steps.take("binary", client.read, "test://static-binary")
        await steps.take("template", client.read, "test://template/123/data")
        await steps.take("missing", lambda: refusal(client.read("test://nothing-here")))
        await steps.take("prompts", client.prompts)
        await steps.take(
            "prompt", client.prompt, "test_prompt_with_arguments", {"arg1": "espresso", "arg2": "tonic"}
        )
        if since(revision, "2025-03-26"):
            await steps.take("complete", client.complete, "test_prompt_with_arguments", "arg1", "test")
        await steps.take("progress", progress, client, user)
        await steps.take("logging", logging, client, user, modern)
        await steps.take("error", client.call, "test_error_handling")
        await steps.take("unknown", lambda: refusal(client.call("no_such_tool")))
        await steps.take("object", client.call, "test_structured_content")
        await steps.take("array", client.call, "test_structured_array")
        await steps.take("header", client.call, "test_x_mcp_header", {"region": "köln"})
        ask = {"message": "Who is it?"}
        if since(revision, "2025-06-18"):
            await steps.take("accepted", form, client, user, "accept", "test_elicitation", ask)
            await steps.take("declined", form, client, user, "decline", "test_elicitation", ask)
            await steps.take("rounds", form, client, user, "accept", "test_input_required_result_multi_round")
            await steps.take("state", form, client, user, "accept", "test_input_required_result_request_state")
            await steps.take("defaults", form, client, user, "accept", "test_elicitation_sep1034_defaults")
            await steps.take("choices", form, client, user, "accept", "test_elicitation_sep1330_enums")
            await steps.take("asking prompt", client.prompt, "test_input_required_result_prompt", None)
        else:
            await steps.take("unasked", form, client, user, "accept", "test_elicitation", ask)
        await steps.take("sampling", sampling, client, user)
        await steps.take("roots", roots, client, user)
        if revision == "2025-11-25" and transport != "sse":
            await steps.take("resume", resume, client, wire)
        await steps.take("at once", at_once, client)
        await steps.take("changed", client.changed)
        await steps.take("watched", client.watched, "test://watched-resource", lambda: client.call(UPDATE))
        await steps.take("cancel", cancel, client, wire)
        steps.show("wire", wire.summary())
        steps.show("versions", sorted(wire.versions))
    steps.show("closed", wire.statuses[-1] if transport != "sse" else [])
    async with connect(User(), Wire(), bare=True) as client:
        await steps.take("bare form", client.outcome, "test_elicitation", {"message": "Who is it?"})
        await steps.take("bare need", client.outcome, "test_missing_capability")
    if modern and hasattr(connect, "tasks"):
        await tasks(steps, connect.tasks)


async def progress(client, user):
    result = await client.call("test_tool_with_progress", progress=True)
    await user.until(lambda: len(user.progress) >= 3)
    return {"seen": user.progress, "isError": result["isError"]}


async def logging(client, user, modern):
    if not modern:
        await client.level("debug")
    await client.call("test_tool_with_logging")
    await user.until(lambda: len(user.logs) >= 3)
    return user.logs


async def form(client, user, action, tool, arguments=None):
    user.action, user.forms = action, []
    result = await client.call(tool, arguments)
    return {"asked": user.forms, "named": any(NAME in text for text in result["text"]), **result}


async def sampling(client, user):
    result = await client.call("test_sampling", {"prompt": "What will it be?"})
    return {"asked": user.samples, "replied": any(REPLY in text for text in result["text"]), **result}


async def roots(client, user):
    result = await client.call("test_input_required_result_list_roots")
    return {"asked": user.roots_asked, "rooted": any(ROOT in text for text in result["text"]), **result}


async def at_once(client):
    """Many calls on one connection: each gets its own answer, and its own progress."""
    names = [f"guest {number}" for number in range(20)]
    greetings = [""] * len(names)
    busy = [User() for _ in range(5)]

    async def greet(number):
        greetings[number] = (await client.call("greet", {"name": names[number]}))["text"][0]

    async def work(own):
        await client.call("test_tool_with_progress", progress=True, user=own)
        await own.until(lambda: len(own.progress) >= 3)

    async with anyio.create_task_group() as group:
        for number in range(len(names)):
            group.start_soon(greet, number)
        for own in busy:
            group.start_soon(work, own)
    return {
        "greeted": sum(name in greeting for name, greeting in zip(names, greetings)),
        "progress": [[value for value, _ in own.progress] for own in busy],
    }


async def resume(client, wire):
    """The server hangs up in the middle of the call; the client comes back for the answer by itself."""
    result = await client.call("test_reconnection")
    return {"resumed": wire.count(http="GET", resumed=True), **result}


async def cancel(client, wire):
    """Gives up a call that would take half a minute; the connection works on."""
    before = wire.count(rpc="notifications/cancelled")
    ended = await client.give_up("slow_compute", {"seconds": 30, "label": "never"})
    after = await client.call("test_simple_text")
    return {"ended": ended, "notified": wire.count(rpc="notifications/cancelled") - before, "after": after["isError"]}


async def tasks(steps, connect):
    """The extension for tasks: what a call that becomes a task looks like to the client."""
    user, wire = User(), Wire()
    async with connect(user, wire) as client:
        await steps.take("task immediate", client.call, "greet", {"name": NAME})
        await steps.take("task completed", client.call, "slow_compute", {"seconds": 1, "label": "beans"})
        await steps.take("task failing", client.call, "failing_job")
        await steps.take("task protocol error", lambda: client.outcome("protocol_error_job"))
        await steps.take("task input", form, client, user, "accept", "confirm_delete", {"filename": "menu.txt"})
        await steps.take("task inputs", form, client, user, "accept", "multi_input")
        if hasattr(client, "cancel_task"):
            await steps.take("task cancelled", client.cancel_task, "slow_compute", {"seconds": 30, "label": "never"})
        steps.show("task wire", {name: wire.count(rpc=f"tasks/{name}") for name in ("get", "update", "cancel")})
