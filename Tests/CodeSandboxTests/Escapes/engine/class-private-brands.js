// tries: private members stamped on foreign objects, twice, and on proxies
// contained: value ["TypeError","TypeError","TypeError",true]
class Base { constructor(o) { return o; } }
class Stamp extends Base { #x = 1; static has(o) { return #x in o; } static get(o) { return o.#x; } }
const names = [];
const target = {};
new Stamp(target);
for (const f of [() => new Stamp(target), () => Stamp.get(new Proxy(target, {})), () => Stamp.get({})]) { try { f(); names.push('done'); } catch (error) { names.push(error.name); } }
[...names, Stamp.has(target)]
