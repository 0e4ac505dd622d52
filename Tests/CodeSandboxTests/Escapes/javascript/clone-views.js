// tries: cloning a view that lies about its buffer and length
// contained: value "cloned"
// contained: failure exception
class Sly extends Uint8Array { get length() { return 1e9; } get buffer() { return new ArrayBuffer(1); } static get [Symbol.species]() { return function () { return new Uint8Array(0); }; } }
const view = new Sly(16);
const data = new DataView(new ArrayBuffer(8), 4, 4);
Object.defineProperty(data, 'byteOffset', { value: 1000 });
try { structuredClone(view); } catch {}
try { structuredClone(data); } catch {}
"cloned"
