// tries: returning an async generator and its pending promises
// contained: failure unserializableResult "is an iterator"
async function* forever() { for (;;) yield 1; }
forever()
