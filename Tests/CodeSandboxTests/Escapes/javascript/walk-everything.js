// tries: finding anything that is not JavaScript from the global object on
// contained: value []
const seen = new Set(), odd = [], queue = [[globalThis, 'globalThis']];
const words = /native|process|require|scriptArgs|loadScript|evalScript|std$|^os$|worker|spawn|exec$|open$/i;
while (queue.length) {
    const [object, path] = queue.pop();
    if (seen.has(object)) continue;
    seen.add(object);
    for (const key of Reflect.ownKeys(object)) {
        const property = Reflect.getOwnPropertyDescriptor(object, key);
        for (const value of [property.value, property.get, property.set, Object.getPrototypeOf(object)]) {
            if (typeof value === 'object' && value !== null || typeof value === 'function') queue.push([value, path + '.' + String(key)]);
        }
        if (words.test(String(key)) && !(object === RegExp.prototype && key === 'exec')) odd.push(path + '.' + String(key));
    }
}
odd
