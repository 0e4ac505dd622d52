// tries: changing an object while for-in, assign and entries walk it
// contained: value "survived"
for (const walk of [(o) => { for (const k in o) { delete o['k' + (Number(k.slice(1)) + 1)]; o['n' + k] = 1; if (Object.keys(o).length > 500) break; } }, (o) => Object.assign({}, o), (o) => Object.entries(o), (o) => ({ ...o }), (o) => Object.fromEntries(Object.entries(o)), (o) => Object.getOwnPropertyDescriptors(o), (o) => JSON.stringify(o)]) {
    const o = {};
    for (let i = 0; i < 100; i++) o['k' + i] = i;
    Object.defineProperty(o, 'k3', { get() { for (let i = 4; i < 100; i++) delete o['k' + i]; for (let i = 0; i < 50; i++) o['z' + i] = {}; Object.setPrototypeOf(o, null); return 1; }, enumerable: true });
    try { walk(o); } catch {}
}
"survived"
