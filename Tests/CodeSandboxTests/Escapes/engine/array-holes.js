// tries: holes, accessors and prototypes that fill them while built-ins walk the array
// contained: value "survived"
const proto = [];
for (let i = 0; i < 64; i += 2) Object.defineProperty(proto, i, { get() { array.length = 8; return i; }, set(v) { array.length = 128; }, configurable: true });
let array = [];
for (const method of ['sort', 'reverse', 'join', 'concat', 'flat', 'copyWithin', 'indexOf', 'shift', 'unshift', 'splice', 'toSorted', 'with', 'includes', 'fill', 'toSpliced']) {
    array = []; array.length = 64; array[63] = 1; array[1] = 2;
    Object.setPrototypeOf(array, proto);
    try { Array.prototype[method].call(array, 1, 3, 60); } catch {}
}
"survived"
