// tries: transferring a buffer inside the callbacks of its own methods
// contained: value "survived"
for (const method of ['sort', 'map', 'forEach', 'filter', 'reduce', 'find', 'toSorted', 'findLastIndex']) {
    for (const transfer of ['transfer', 'transferToFixedLength']) {
        const view = new Int32Array(256).map((_, i) => 256 - i);
        let n = 0;
        try { view[method]((a, b) => { if (++n === 5) view.buffer[transfer](n * 100); return (a > b) - 0.5; }); } catch {}
    }
}
"survived"
