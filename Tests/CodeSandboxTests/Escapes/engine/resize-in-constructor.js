// tries: shrinking a buffer while a view over it is made from it
// contained: value "survived"
for (const Kind of [Uint8Array, Float64Array, BigInt64Array, DataView]) {
    const buffer = new ArrayBuffer(1024, { maxByteLength: 1024 });
    const evil = { valueOf() { buffer.resize(0); return 512; } };
    try { new Kind(buffer, evil, 64).length; } catch {}
    const again = new ArrayBuffer(1024, { maxByteLength: 1024 });
    try { new Kind(again, 8, { valueOf() { again.resize(8); return 100; } }); } catch {}
    class NewTarget extends Kind {}
    const third = new ArrayBuffer(64, { maxByteLength: 64 });
    const target = new Proxy(NewTarget, { get(t, k) { if (k === 'prototype') third.resize(0); return t[k]; } });
    try { Reflect.construct(Kind, [third, 8], target); } catch {}
}
"survived"
