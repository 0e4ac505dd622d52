// tries: an error whose description throws a text of many megabytes
// contained: failure exception
const error = new Error("x");
Object.defineProperty(error, "message", { get() { throw new Error("y".repeat(6e6)); } });
throw error;
