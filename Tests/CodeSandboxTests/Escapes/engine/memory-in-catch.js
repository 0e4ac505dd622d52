// tries: allocating again in the handler of running out of memory
// contained: failure memoryLimit
// contained: failure timeout
// contained: failure exception "threw null"
// memory: 8
// timeout: 2000
const hold = [];
for (;;) { try { for (;;) hold.push(new Array(1000).fill(hold)); } catch { try { hold.push("x".repeat(1e6)); } catch { hold.push([]); } finally { hold.push({}); } } }
