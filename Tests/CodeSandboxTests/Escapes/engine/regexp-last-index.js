// tries: a lastIndex that changes the pattern or the text while matching
// contained: value "done"
const r = /a/gy;
r.lastIndex = { valueOf() { r.compile?.('(b)(c)(d)'); return 0; } };
try { r.exec('abcd'); } catch {}
class Sly extends RegExp { exec(s) { this.lastIndex = -5; return n++ > 100 ? null : Object.assign([''], { index: 2 ** 40, groups: { x: 1 } }); } }
let n = 0;
try { 'abc'.replace(new Sly('b', 'gu'), '$<x>$1$&$`'); } catch {}
try { [...'abc'.matchAll(new Sly('b', 'g'))]; 'abc'.split(new Sly('b')); } catch {}
"done"
