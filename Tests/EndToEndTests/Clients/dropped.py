"""A call whose connection is lost in the middle, by the MCP Python SDK on 2025-11-25; prints one JSON object.

Usage: dropped.py URL PID PROXY ARGUMENT..., with the proxy's process and how to start it again
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from shared.wire import Wire

url, process, *proxy = sys.argv[1:]
wire = Wire()
seen = []
proxies = []


def listens():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port)) == 0


def crash():
    """Kills the proxy and starts it again; the client cannot come back meanwhile, for this blocks its loop."""
    os.kill(int(process), signal.SIGKILL)
    while listens():
        time.sleep(0.01)
    proxies.append(subprocess.Popen(proxy))
    while not listens() and proxies[0].poll() is None:
        time.sleep(0.01)


async def on_progress(progress, total, message):
    seen.append(progress)
    if len(seen) == 1:
        crash()


async def main():
    async with httpx2.AsyncClient(timeout=20, event_hooks=wire.hooks) as http:
        server = streamable_http_client(url, http_client=http)
        async with Client(server, mode="legacy", read_timeout_seconds=20) as client:
            call = client.call_tool("slow_compute", {"seconds": 4, "label": "beans"}, progress_callback=on_progress)
            text = (await call).content[0].text
    resumed = wire.count(http="GET", resumed=True)
    print(json.dumps({"text": text, "progress": seen, "resumed": resumed, "calls": wire.count(rpc="tools/call")}))


try:
    asyncio.run(asyncio.wait_for(main(), 40))
finally:
    for started in proxies:
        started.kill()
