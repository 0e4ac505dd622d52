// tries: static blocks and computed names that use the class before it is there
// contained: value ["ReferenceError","TypeError","survived"]
const names = [];
try { class A { static [A.name] = 1; } } catch (error) { names.push(error.name); }
try { class B extends null { constructor() { super(); } } new B(); } catch (error) { names.push(error.name); }
class C { static x = (() => { try { return new this().y; } catch { return 0; } })(); static { this.z = () => { class D extends C { static { this.w = super.x; } } return D; }; this.z(); } }
[...names, "survived"]
