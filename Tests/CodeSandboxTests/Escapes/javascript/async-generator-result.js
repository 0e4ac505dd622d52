// tries: returning an async generator and its pending promises
// contained: value {}
// contained: failure unserializableResult "iterator"
async function* forever() { for (;;) yield 1; }
forever()
