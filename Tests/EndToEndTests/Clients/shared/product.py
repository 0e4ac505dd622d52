"""The steps against the product: find a tool, read it, run code, stay logged in; resources and prompts."""

import json

from .steps import refusal
from .user import User
from .wire import Wire

LOGIN = 'import {{ login }} from "./tools/auth/login.js"; (await login({})).role'
ASK = """
import { getSales } from "./tools/sales/getSales.js";
import { getCustomers } from "./tools/customers/getCustomers.js";
const { sales } = await getSales({ limit: 3 });
const customers = await getCustomers();
[sales.length, customers.length > 0];
"""
SLOW = "await new Promise((resolve) => setTimeout(resolve, {})); 40 + 2"


async def product(steps, connect, email, password):
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
        await steps.take("given up", client.give_up, "run_code", {"code": SLOW.format(9000)})
        await steps.take("asked", ask, client, user, {"email": email, "password": password})
        if "resources" in client.offers:
            await steps.take("resources", client.resources)
            await steps.take("templates", client.templates)
            await steps.take("read", client.read, "bitetrack://tools/sales/getSales.js")
            await steps.take("folder", client.read, "bitetrack://tools/sales")
        if "prompts" in client.offers:
            await steps.take("prompts", client.prompts)
            await steps.take("prompt", client.prompt, "low_stock_order", {"threshold": "5"})
            await steps.take("asking prompt", client.prompt, "low_stock_order", None)
            steps.show("forms", user.forms)
        steps.show("wire", wire.summary())


async def ask(client, user, account):
    """Logs in, then asks the API in a run of its own; a client without a session passes on the one it was given."""
    opened = await client.call("run_code", {"code": LOGIN.format(json.dumps(account))})
    handle = (opened["structured"] or {}).get("session")
    session = {"session": handle} if handle else {}
    result = await client.call("run_code", {"code": ASK, **session}, progress=True)
    return {"login": opened["text"], "handle": bool(handle), "progress": len(user.progress), **result}


async def slow_runs(steps, connect):
    """Runs that go on as tasks: the library follows one by itself, and stops another one."""
    user, wire = User(), Wire()
    async with connect.tasks(user, wire) as client:
        await steps.take("quick", client.call, "run_code", {"code": "1+1"})
        await steps.take("slow", client.call, "run_code", {"code": SLOW.format(1500)})
        await steps.take("stopped", client.cancel_task, "run_code", {"code": SLOW.format(9000)})
        steps.show("wire", {name: wire.count(rpc=f"tasks/{name}") for name in ("get", "cancel")})
