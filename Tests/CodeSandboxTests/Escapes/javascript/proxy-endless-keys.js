// tries: returning a Proxy that lists keys without end
// contained: failure memoryLimit
// contained: failure timeout
// timeout: 1000
new Proxy({}, {
    ownKeys() { return Array.from({ length: 3e5 }, (_, i) => 'k' + i); },
    getOwnPropertyDescriptor() { return { value: 1, enumerable: true, configurable: true }; },
    get(target, key) { return key === 'toJSON' || typeof key === 'symbol' ? undefined : Array.from({ length: 1000 }, () => 'x'.repeat(50)); },
})
