// tries: a result of every exotic kind at once
// contained: value [{},{},{},{},[],{},null,"1",{"0":1},[1,null,3]]
[new WeakMap(), new WeakRef({}), Symbol.prototype.constructor && {}, new ArrayBuffer(8), [], new (class { #x = 1; })(), NaN, 1n, (function () { return arguments; })(1), [1, , 3]]
