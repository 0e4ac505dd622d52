"""One line of output for each step: its name, a tab, and what was seen as JSON.

A step that fails prints its name with "!" and the error, and the others still run; the exit status tells.
"""

import json
import sys

import anyio

SECONDS = 25
"""What one step may take."""


class Steps:
    def __init__(self):
        self.failed = False

    def show(self, name, seen):
        print(name, json.dumps(seen, ensure_ascii=False, sort_keys=True), sep="\t", flush=True)

    async def take(self, name, step, *arguments):
        """Runs the step and prints what it returns; gives None when it failed."""
        try:
            with anyio.fail_after(SECONDS):
                seen = await step(*arguments)
        except Exception as error:  # every kind is a result here
            self.failed = True
            self.show(name + "!", describe(error))
            return None
        self.show(name, seen)
        return seen


def describe(error):
    """An error as JSON, with the JSON-RPC code where it has one."""
    if isinstance(error, BaseExceptionGroup):
        return [describe(one) for one in error.exceptions]
    inner = getattr(error, "error", None)
    seen = {"type": type(error).__name__, "text": str(error)[:400]}
    if (code := getattr(inner, "code", None)) is not None:
        seen["code"] = code
    if (data := getattr(inner, "data", None)) is not None:
        seen["data"] = data
    return seen


async def refusal(call):
    """What a call that must be refused was refused with."""
    try:
        result = await call
    except Exception as error:
        return describe(error)
    raise AssertionError(f"it was not refused: {result}")


def run(main):
    """Runs an async main with the command line's arguments, and exits 1 when a step failed."""
    steps = Steps()

    async def body():
        try:
            await main(steps, *sys.argv[1:])
        except Exception as error:
            steps.failed = True
            steps.show("connection!", describe(error))

    anyio.run(body)
    sys.exit(1 if steps.failed else 0)
