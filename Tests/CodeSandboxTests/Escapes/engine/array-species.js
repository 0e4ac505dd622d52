// tries: species that return smaller arrays, proxies and the array itself
// contained: value "survived"
for (const method of ['map', 'filter', 'slice', 'splice', 'concat', 'flat', 'flatMap']) {
    for (const make of [(self) => self, () => Object.freeze([]), () => new Proxy([], { defineProperty() { self.length = 0; return true; } }), () => ({ length: 0, set 0(v) { throw v; } })]) {
        const array = Array.from({ length: 200 }, (_, i) => [i]);
        array.constructor = { [Symbol.species]: function () { array.length = 3; return make(array); } };
        try { array[method](0, 150); } catch {}
        try { array[method]((x) => { array.length = 1; return x; }); } catch {}
    }
}
"survived"
