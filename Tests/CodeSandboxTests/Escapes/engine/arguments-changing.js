// tries: an argument list that shrinks while it is read
// contained: value "survived"
const list = [1, 2, 3, 4, 5, 6, 7, 8];
Object.defineProperty(list, 1, { get() { list.length = 2; return 2; } });
try { Math.max.apply(null, list); Reflect.apply((...a) => a.length, null, list); } catch {}
const like = { get length() { return 1e4; }, get 5() { delete this.length; return 1; } };
((...a) => a)(...Array.from(like));
"survived"
