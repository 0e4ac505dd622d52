// tries: running code inside the serialiser through a Proxy as argument of a host call
// contained: value {"route":"x","arguments":{"a":1}}
// sees: callAPI {"route":"x","arguments":{"a":1}}
const traps = [];
const proxy = new Proxy({ a: 1 }, {
    ownKeys(target) { traps.push('ownKeys'); return Reflect.ownKeys(target); },
    get(target, key, receiver) { traps.push(String(key)); if (key === 'toJSON') return undefined; return Reflect.get(target, key, receiver); },
});
await callAPI('x', proxy)
