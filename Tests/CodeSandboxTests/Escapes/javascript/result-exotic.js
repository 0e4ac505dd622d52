// tries: a result of every exotic kind at once
// contained: failure unserializableResult "value[0]` is a weak collection"
[new WeakMap(), new WeakRef({}), Symbol.prototype.constructor && {}, new ArrayBuffer(8), [], new (class { #x = 1; })(), NaN, 1n, (function () { return arguments; })(1), [1, , 3]]
