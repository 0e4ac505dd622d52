// tries: reaching callers and callees through arguments, caller and callee
// contained: value ["TypeError","TypeError","TypeError","undefined"]
const tryIt = (f) => { try { return typeof f(); } catch (error) { return error.name; } };
function strict() { return arguments; }
[tryIt(() => strict().callee), tryIt(() => strict.caller), tryIt(() => callAPI.caller ?? null.x), tryIt(() => strict().caller)]
