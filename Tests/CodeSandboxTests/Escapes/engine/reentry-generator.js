// tries: a generator that resumes itself while it runs
// contained: value ["TypeError","TypeError","survived"]
const names = [];
function* g() { for (const f of [() => it.next(), () => it.return(1)]) { try { f(); names.push('ran'); } catch (error) { names.push(error.name); } } yield* { [Symbol.iterator]: () => it }; }
const it = g();
try { it.next(); } catch {}
[...names, "survived"]
