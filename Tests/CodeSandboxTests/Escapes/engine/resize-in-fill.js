// tries: shrinking a buffer in the valueOf of the arguments of fill, copyWithin, with, slice and subarray
// contained: value "survived"
for (const method of ['fill', 'copyWithin', 'with', 'slice', 'subarray', 'at', 'indexOf', 'includes', 'lastIndexOf', 'join', 'toLocaleString']) {
    for (const to of [0, 1, 4096]) {
        const buffer = new ArrayBuffer(1024, { maxByteLength: 4096 });
        const view = new Uint16Array(buffer);
        const evil = { valueOf() { buffer.resize(to); return 500; }, toString() { buffer.resize(to); return ','; } };
        try { view[method](evil, evil, evil); } catch {}
        try { view[method](1, evil, 400); } catch {}
        try { view[method](1, 2, evil); } catch {}
    }
}
"survived"
