// tries: running out of memory by a million property names on few objects
// contained: failure memoryLimit
// contained: failure exception "threw"
// memory: 8
const o = {};
for (let i = 0; ; i++) o["property" + i] = { ["inner" + i]: i };
