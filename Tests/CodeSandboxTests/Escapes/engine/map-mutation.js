// tries: changing a Map and a Set while they are iterated
// contained: value [1003,"survived"]
const map = new Map([[1, 1], [2, 2], [3, 3]]);
let n = 0;
for (const [key] of map) { map.delete(key); if (n++ < 1000) map.set({}, n); if (n === 500) { map.forEach(() => {}); } }
const set = new Set([1, 2, 3]);
set.forEach((x) => { set.clear(); if (n++ < 2000) set.add(x).add({}); });
const it = set.values(); set.clear(); set.add(1); it.next(); set.delete(1); it.next();
for (const method of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']) { const s = new Set([1, 2, 3, 4]); try { s[method]({ size: 10, has(x) { s.clear(); if (n++ < 3000) s.add(9); return true; }, *keys() { s.clear(); yield 1; s.add(7); yield 2; } }); } catch {} }
[Math.min(n, 1003), "survived"]
