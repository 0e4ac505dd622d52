// tries: growing and shrinking a resizable buffer inside map, filter, forEach, reduce and find
// contained: value "survived"
for (const method of ['map', 'filter', 'forEach', 'find', 'findLast', 'some', 'every', 'reduce', 'reduceRight', 'findIndex']) {
    const buffer = new ArrayBuffer(1024, { maxByteLength: 1 << 16 });
    const view = new Float64Array(buffer);
    let n = 0;
    try { view[method]((a) => { n++; buffer.resize(n % 2 ? 8 : 1 << 16); return method === 'every' ? true : 0; }, 0); } catch {}
}
"survived"
