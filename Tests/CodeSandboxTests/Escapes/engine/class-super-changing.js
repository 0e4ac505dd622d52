// tries: super calls whose parent changes between lookup and call
// contained: value "survived"
class A { m() { return 1; } } class B extends A { m() { return super.m({ valueOf() { Object.setPrototypeOf(B.prototype, null); return 1; } }); } constructor() { super(Object.setPrototypeOf(B, function () { return Object.create(null); })); } }
for (let i = 0; i < 3; i++) { try { new B().m(); } catch {} }
const o = { __proto__: { f() {} }, g() { return super[{ toString() { Object.setPrototypeOf(o, null); return 'f'; } }]; } };
try { o.g(); } catch {}
"survived"
