"""A peer of the bench: FastMCP in code mode, whose `execute` tool runs Python in the Monty sandbox, over plain HTTP.

Usage: fastmcp_server.py PORT
"""

import sys

from fastmcp import FastMCP
from fastmcp.experimental.transforms.code_mode import CodeMode

server = FastMCP("peer", transforms=[CodeMode()])


@server.tool
def list_sales(limit: int = 10) -> list[int]:
    """The totals of the latest sales."""
    return list(range(limit))


server.run(
    transport="http",
    host="127.0.0.1",
    port=int(sys.argv[1]),
    path="/mcp",
    json_response=True,
    show_banner=False,
    log_level="WARNING",
)
