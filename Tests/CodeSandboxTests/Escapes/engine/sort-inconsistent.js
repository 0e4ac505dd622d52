// tries: a comparator that contradicts itself and changes the array it sorts
// contained: value "survived"
const a = Array.from({ length: 5000 }, (_, i) => ({ i }));
let n = 0;
a.sort((x, y) => { n++; if (n % 100 === 0) a.length = n % 5000; if (n % 333 === 0) a.push({ i: n }); if (n % 1000 === 0) a.splice(0, 10); return [NaN, -1, 1, 0, Infinity, undefined, {}][n % 7]; });
let thrown;
try { [3, 1, 2].sort(() => { throw 1; }); } catch (e) { thrown = e; }
"survived"
