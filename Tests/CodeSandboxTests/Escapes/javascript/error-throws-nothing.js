// tries: throwing undefined, and a proxy as an error
// contained: failure exception "threw"
throw new Proxy(new Error("x"), { getPrototypeOf() { return null; }, get() { throw 1; } });
