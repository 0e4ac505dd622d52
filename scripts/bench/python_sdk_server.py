"""The peer of the bench: the MCP Python SDK's own server with one small search tool, over HTTPS.

Usage: python_sdk_server.py PORT CERTIFICATE KEY
"""

import sys

import uvicorn
from mcp.server import MCPServer

port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
server = MCPServer("peer")
MODULES = [f"tools/sales/module{number}.js" for number in range(20)]


@server.tool()
def search_tools(query: str) -> str:
    """Search the tool modules."""
    words = query.lower().split()
    return "\n".join(sorted(MODULES, key=lambda path: -sum(word in path for word in words))[:5])


uvicorn.run(
    server.streamable_http_app(json_response=True),
    host="127.0.0.1",
    port=port,
    ssl_certfile=certificate,
    ssl_keyfile=key,
    log_level="warning",
)
