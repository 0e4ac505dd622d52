// tries: a result whose text does not fit into memory
// contained: failure memoryLimit
// contained: failure outputLimit
// memory: 8
const row = { text: 'x'.repeat(1000) };
Array.from({ length: 20000 }, () => row)
