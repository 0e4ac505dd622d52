"""The steps against the product: find a tool, read it, run code; resources and prompts."""

from .steps import refusal
from .user import User
from .wire import Wire


async def product(steps, connect):
    user, wire = User(), Wire()
    async with connect(user, wire) as client:
        steps.show("connected", {"revision": client.revision, "server": client.server, "offers": client.offers})
        await steps.take("tools", client.tools)
        await steps.take("search", client.call, "search_tools", {"query": "sales of a customer"})
        await steps.take("tree", client.call, "read_tools", {"path": "tools"})
        await steps.take("module", client.call, "read_tools", {"path": "tools/sales/getSales.js"})
        await steps.take("run", client.call, "run_code", {"code": "console.log('hi'); 1+1"})
        await steps.take("broken", client.call, "run_code", {"code": "let x = ;"})
        await steps.take("unknown", lambda: refusal(client.call("no_such_tool")))
        if "resources" in client.offers:
            resources = await steps.take("resources", client.resources)
            await steps.take("read", client.read, resources[0])
        if "prompts" in client.offers:
            prompts = await steps.take("prompts", client.prompts)
            await steps.take("prompt", client.prompt, prompts[0], None)
        steps.show("wire", wire.summary())
