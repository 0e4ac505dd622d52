"""Does the main job with the MCP Python SDK and prints what it saw as one JSON object.

Usage: main_job.py (http|sse) URL CERTIFICATE EMAIL PASSWORD START END
"""

import asyncio
import json
import ssl
import sys

import httpx2
from mcp import Client
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

transport, url, certificate, email, password, start, end = sys.argv[1:]
context = ssl.create_default_context(cafile=certificate)

QUERY = f"""
const {{ sales: rows }} = await sales.getSales({{ startDate: "{start}", endDate: "{end}", settled: false }});
console.log(`Found ${{rows.length}}`);
rows.reduce((sum, r) => sum + r.totalAmount, 0);
"""
IMPORTS = """import * as auth from "./tools/auth";
import * as sales from "./tools/sales";
"""
LOGIN = f'await auth.login({{ email: "{email}", password: "{password}" }});'


def http_client(headers=None, timeout=None, auth=None):
    return httpx2.AsyncClient(verify=context, headers=headers, timeout=timeout or httpx2.Timeout(20), auth=auth)


def shown(result):
    return {
        "isError": bool(result.is_error),
        "text": [block.text for block in result.content],
        "structured": result.structured_content,
    }


async def main():
    seen = {}
    if transport == "http":
        stream = streamable_http_client(url, http_client=http_client())
    else:
        stream = sse_client(url, httpx_client_factory=http_client)
    async with Client(stream, mode="auto" if transport == "http" else "legacy", read_timeout_seconds=20) as client:
        seen["protocol"] = client.protocol_version
        seen["instructions"] = client.instructions
        seen["tools"] = [tool.name for tool in (await client.list_tools()).tools]
        seen["search"] = shown(await client.call_tool("search_tools", {"query": "unpaid sales this month"}))
        seen["read"] = shown(await client.call_tool("read_tools", {"path": "tools/sales/getSales.js"}))
        seen["first"] = shown(await client.call_tool("run_code", {"code": IMPORTS + LOGIN + QUERY}))
        # On 2026-07-28 there is no session but the one that the first run named.
        handle = seen["first"]["structured"].get("session")
        again = {"code": IMPORTS + QUERY} | ({"session": handle} if handle else {})
        seen["second"] = shown(await client.call_tool("run_code", again))
        wrong = LOGIN.replace(password, password + "x")
        seen["wrongPassword"] = shown(await client.call_tool("run_code", {"code": IMPORTS + wrong}))
        broken = IMPORTS + LOGIN + "let x = ;"
        seen["broken"] = shown(await client.call_tool("run_code", {"code": broken}))
        echo = f'{IMPORTS}const r = await auth.login({{ email: "{email}", password: "{password}" }});\n'
        echo += f'console.log("{password}", r); r'
        seen["echo"] = shown(await client.call_tool("run_code", {"code": echo}))
    print(json.dumps(seen))


asyncio.run(asyncio.wait_for(main(), 60))
