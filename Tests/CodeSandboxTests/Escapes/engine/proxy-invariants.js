// tries: proxies that break each invariant of the language
// contained: value "survived"
const frozen = Object.freeze({ a: 1 });
const lies = { get: () => 2, has: () => false, getOwnPropertyDescriptor: () => undefined, ownKeys: () => ['a', 'a', 1], isExtensible: () => true, preventExtensions: () => true, getPrototypeOf: () => 5, setPrototypeOf: () => true, defineProperty: () => true, deleteProperty: () => true, set: () => true };
for (const [name, trap] of Object.entries(lies)) {
    const p = new Proxy(frozen, { [name]: trap });
    for (const f of [() => p.a, () => 'a' in p, () => Object.getOwnPropertyDescriptor(p, 'a'), () => Reflect.ownKeys(p), () => Object.isExtensible(p), () => Object.preventExtensions(p), () => Object.getPrototypeOf(p), () => Object.setPrototypeOf(p, {}), () => Object.defineProperty(p, 'b', { value: 1 }), () => delete p.a, () => { p.a = 3; }, () => structuredClone(p), () => ({ ...p }), () => JSON.stringify(p)]) { try { f(); } catch {} }
}
"survived"
