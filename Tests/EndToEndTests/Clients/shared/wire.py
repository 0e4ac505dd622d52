"""What a client put on the wire, seen by hooks of its own HTTP client."""

import json


class Wire:
    def __init__(self):
        self.requests = []
        self.statuses = []
        self.versions = set()

    @property
    def hooks(self):
        return {"request": [self.on_request], "response": [self.on_response]}

    async def on_request(self, request):
        try:
            body = json.loads(request.content or b"null")
        except ValueError:
            body = None
        self.requests.append(
            {
                "http": request.method,
                "rpc": (body or {}).get("method", "answer" if body else None),
                "id": (body or {}).get("id"),
                "revision": request.headers.get("mcp-protocol-version"),
                "resumed": "last-event-id" in request.headers,
            }
        )

    async def on_response(self, response):
        self.versions.add(response.http_version)
        self.statuses.append([response.request.method, response.status_code])

    def count(self, **wanted):
        return sum(all(seen[key] == value for key, value in wanted.items()) for seen in self.requests)

    def last_id(self, rpc):
        return next(seen["id"] for seen in reversed(self.requests) if seen["rpc"] == rpc)

    def summary(self):
        """Methods with the version header they went out with, in the order of their first use."""
        lines = {}
        for seen in self.requests:
            lines[" ".join(filter(None, [seen["http"], seen["rpc"], seen["revision"]]))] = True
        return list(lines)
