"""Peers of the bench that Python drives: POST a script over plain HTTP, get its value as JSON.

Usage: script_server.py PORT quickjs|deno

quickjs: the PyPI package, in this process, a fresh engine for each script.
deno: a fresh Deno process with no permissions for each script.
"""

import asyncio
import json
import pathlib
import sys

DENO = pathlib.Path(sys.executable).parent / "deno"


async def in_quickjs(code: str) -> str:
    import quickjs

    context = quickjs.Context()
    context.set_time_limit(10)
    value = context.eval(code)
    return value.json() if isinstance(value, quickjs.Object) else json.dumps(value)


async def in_deno(code: str) -> str:
    process = await asyncio.create_subprocess_exec(
        DENO, "run", "--no-prompt", "--no-config", "--quiet", "-",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    program = f"console.log(JSON.stringify((0, eval)({json.dumps(code)})))"
    output, errors = await asyncio.wait_for(process.communicate(program.encode()), 30)
    if process.returncode != 0:
        raise RuntimeError(errors.decode(errors="replace"))
    return output.decode().strip()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, run) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            lengths = [int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")]
            code = (await reader.readexactly(sum(lengths))).decode()
            try:
                status, body = "200 OK", await run(code)
            except Exception as error:
                status, body = "500 Internal Server Error", json.dumps(str(error))
            data = body.encode()
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                + data
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    port, kind = int(sys.argv[1]), sys.argv[2]
    run = {"quickjs": in_quickjs, "deno": in_deno}[kind]
    server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, run), "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main())
