// tries: reading and writing through a DataView whose buffer is gone or goes during the call
// contained: value ["TypeError","survived"]
const view = new DataView(new ArrayBuffer(64));
view.buffer.transfer();
let name;
try { view.getFloat64(0); } catch (error) { name = error.name; }
for (const method of Object.getOwnPropertyNames(DataView.prototype).filter((n) => /^[gs]et/.test(n))) {
    const buffer = new ArrayBuffer(64, { maxByteLength: 64 });
    const target = new DataView(buffer, 8);
    const evil = { valueOf() { buffer.resize(0); return 40; } };
    for (const args of [[evil, 1], [8, evil], [8, { valueOf() { buffer.transfer(); return 1n; } }], [2 ** 53, 1], [-1, 1]]) { try { target[method](...args); } catch {} }
}
[name, "survived"]
