// tries: returning an async generator and its pending promises
// contained: value {}
async function* forever() { for (;;) yield 1; }
forever()
