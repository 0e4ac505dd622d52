// tries: making garbage and collecting it inside a comparator
// contained: value "survived"
const a = Array.from({ length: 2000 }, (_, i) => ({ i, s: 'k' + i }));
a.sort((x, y) => { const junk = []; for (let i = 0; i < 20; i++) junk.push({ junk }); a[0] = null; return String(x?.s) < String(y?.s) ? 1 : -1; });
"survived"
