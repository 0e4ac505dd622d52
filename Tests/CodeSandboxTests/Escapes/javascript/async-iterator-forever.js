// tries: reading an async iterator that never ends
// contained: failure timeout
// timeout: 500
for await (const x of (async function* () { for (;;) yield 1; })()) { }
