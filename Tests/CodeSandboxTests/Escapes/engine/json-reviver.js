// tries: a reviver that changes what is still to be read
// contained: value "survived"
let result;
try { result = JSON.parse('{"a":[1,2,[3,{"b":4}]],"c":{"d":5},"e":6}', function (key, value, context) {
    if (key === '0') { this.length = 1; this[5] = this; }
    if (key === 'a') { const holder = this; Object.defineProperty(this, 'c', { get() { delete holder.e; return [holder]; }, configurable: true }); }
    if (key === 'd') { this.__proto__ = new Proxy({}, { ownKeys() { throw 1; } }); return undefined; }
    return Array.isArray(value) ? new Proxy(value, {}) : value;
}); } catch {}
"survived"
