// tries: shrinking the target inside a getter of the source of TypedArray.set
// contained: value "survived"
for (const size of [0, 8, 40]) {
    const buffer = new ArrayBuffer(64, { maxByteLength: 128 });
    const view = new Uint8Array(buffer);
    const source = { length: 64, get 0() { buffer.resize(size); return 1; } };
    for (let i = 1; i < 64; i++) source[i] = { valueOf() { if (i === 5) buffer.resize(128); if (i === 9) buffer.resize(0); return 7; } };
    try { view.set(source, 0); } catch {}
}
"survived"
