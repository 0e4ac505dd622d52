// tries: weak maps, sets and references to each other, as keys of themselves
// contained: value "survived"
// memory: 16
for (let i = 0; i < 3000; i++) {
    const map = new WeakMap(), set = new WeakSet(), key = { i };
    map.set(map, set).set(set, map).set(key, new WeakRef(map)); set.add(map).add(set).add(key);
    key.map = map; map.set(key, key); key.ref = new WeakRef(key); map.delete(set);
}
"survived"
