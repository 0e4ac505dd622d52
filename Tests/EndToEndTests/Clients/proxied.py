"""Talks through a proxy without a client library, to see what arrives when; prints one JSON object.

Usage: proxied.py (endpoint|REVISION) URL, with a revision to call a tool that reports progress
"""

import json
import sys
import time

import httpx2

kind, url = sys.argv[1:]
ENVELOPE = "io.modelcontextprotocol/"


def events(response):
    """Each event with the time of its arrival: the fields, then the seconds since the request."""
    event = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(":")
            event[name] = value.removeprefix(" ")
        elif event:
            yield event, time.monotonic() - started
            event = {}


def call(method, **params):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


with httpx2.Client(timeout=20) as client:
    headers = {"Accept": "application/json, text/event-stream"}
    if kind == "endpoint":
        # The stream never ends: a proxy that waits for more would show nothing.
        started = time.monotonic()
        with client.stream("GET", url, headers={"Accept": "text/event-stream"}) as response:
            arriving = events(response)
            event, _ = next(arriving)
            posted = client.post(str(httpx2.URL(url).join(event["data"])), json=call("ping"))
            answer, _ = next(arriving)
        print(json.dumps({"endpoint": event, "posted": posted.status_code, "answer": json.loads(answer["data"])}))
    else:
        meta = {"progressToken": 1}
        headers["MCP-Protocol-Version"] = kind
        if kind == "2026-07-28":
            headers |= {"Mcp-Method": "tools/call", "Mcp-Name": "test_tool_with_progress"}
            meta |= {ENVELOPE + "protocolVersion": kind, ENVELOPE + "clientCapabilities": {}}
        else:
            information = {"name": "proxied", "version": "1"}
            opening = call("initialize", protocolVersion=kind, capabilities={}, clientInfo=information)
            opened = client.post(url, headers=headers, json=opening)
            headers["Mcp-Session-Id"] = opened.headers["mcp-session-id"]
            client.post(url, headers=headers, json={"jsonrpc": "2.0", "method": "notifications/initialized"})
        request = call("tools/call", name="test_tool_with_progress", _meta=meta)
        started = time.monotonic()
        with client.stream("POST", url, headers=headers, json=request) as response:
            seen = [[json.loads(event["data"]), after] for event, after in events(response) if event.get("data")]
        progress = [after for message, after in seen if message.get("method") == "notifications/progress"]
        print(json.dumps({"progress": progress, "answered": [after for message, after in seen if "result" in message]}))
