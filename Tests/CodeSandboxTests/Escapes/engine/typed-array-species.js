// tries: species that return smaller, foreign and detached typed arrays
// contained: value "survived"
for (const method of ['map', 'filter', 'slice', 'subarray']) {
    for (const make of [() => new Uint8Array(1), () => { const v = new Uint8Array(64); v.buffer.transfer(); return v; }, () => new Float64Array(2), () => [], () => new BigInt64Array(64)]) {
        class Sly extends Uint8Array { static get [Symbol.species]() { return function (n) { return make(); }; } }
        try { new Sly(64).fill(1)[method]((x) => x); } catch {}
        try { new Sly(64).fill(1)[method](0, 64); } catch {}
    }
}
"survived"
