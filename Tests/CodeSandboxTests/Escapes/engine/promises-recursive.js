// tries: async functions that await themselves without end
// contained: failure stackLimit
// contained: failure memoryLimit
// contained: failure exception
const f = async () => { await f(); };
await f()
