// tries: evil values for Error.stackTraceLimit
// contained: value ["string","string"]
const types = [];
for (const limit of [-1, { valueOf() { throw new Error('read'); } }]) {
    try { Error.stackTraceLimit = limit; } catch {}
    types.push(typeof String(new Error('x').stack));
}
types
