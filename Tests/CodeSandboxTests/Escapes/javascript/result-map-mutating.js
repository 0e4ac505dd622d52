// tries: a Map that changes while it is written
// contained: failure memoryLimit
// contained: failure timeout
// contained: failure outputLimit
// contained: failure exception "threw null"
// timeout: 3000
const map = new Map();
let n = 0;
const value = () => ({ toJSON() { map.set("k" + n++, value()); return 1; } });
map.set("first", value());
map
