"""The user behind the client: how a server's questions are answered."""

import anyio

ROOT = "file:///home/wanda/shop"
REPLY = "A flat white, please."
NAME = "wanda"


class User:
    """Answers forms, samples and roots, and remembers what was asked and told."""

    def __init__(self):
        self.action = "accept"
        self.forms = []
        self.samples = []
        self.logs = []
        self.progress = []
        self.changes = []
        self.updates = []
        self.roots_asked = 0

    def form(self, message, schema):
        """The content for a form: defaults where the form has some, else something of the right type."""
        self.forms.append(message)
        return {name: value(field) for name, field in schema.get("properties", {}).items()}

    def sample(self, text):
        self.samples.append(text)
        return REPLY

    def roots(self):
        self.roots_asked += 1
        return [ROOT]

    async def until(self, told):
        """Waits for what is told beside the answers, which may be handed over a moment after them."""
        with anyio.move_on_after(5):
            while not told():
                await anyio.sleep(0.01)

    async def on_progress(self, progress, total, message):
        self.progress.append([progress, total])


def value(field):
    if "default" in field:
        return field["default"]
    if "enum" in field:
        return field["enum"][0]
    if "oneOf" in field:
        return field["oneOf"][0]["const"]
    match field.get("type"):
        case "boolean":
            return True
        case "integer" | "number":
            return field.get("minimum", 7)
        case "array":
            items = field["items"]
            return [items["enum"][0] if "enum" in items else items["anyOf"][0]["const"]]
    return {"email": "wanda@example.com", "uri": "https://example.com/", "date": "2026-01-31"}.get(
        field.get("format", ""), NAME
    )
