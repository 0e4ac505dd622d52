"""Talks through a proxy without a client library, to see what arrives when; prints one JSON object.

Usage: proxied.py (endpoint|progress) URL
"""

import json
import sys
import time

import httpx2

kind, url = sys.argv[1:]


def events(response):
    """Each event with the time of its arrival: the fields, then the seconds since the request."""
    event = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
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
        opened = client.post(
            url,
            headers=headers,
            json=call(
                "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "proxied", "version": "1"}
            ),
        )
        headers |= {"Mcp-Session-Id": opened.headers["mcp-session-id"], "MCP-Protocol-Version": "2025-06-18"}
        client.post(url, headers=headers, json={"jsonrpc": "2.0", "method": "notifications/initialized"})
        request = call("tools/call", name="test_tool_with_progress", _meta={"progressToken": 1})
        started = time.monotonic()
        with client.stream("POST", url, headers=headers, json=request) as response:
            seen = [[json.loads(event["data"]), after] for event, after in events(response)]
        print(
            json.dumps(
                {
                    "progress": [after for message, after in seen if message.get("method") == "notifications/progress"],
                    "answered": [after for message, after in seen if "result" in message],
                }
            )
        )
