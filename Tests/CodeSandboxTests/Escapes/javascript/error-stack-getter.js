// tries: a stack that is a getter which throws when the failure is described
// contained: failure exception
const error = new Error("mine");
Object.defineProperty(error, "stack", { get() { throw new Error("from the getter"); } });
throw error;
