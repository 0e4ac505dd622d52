// tries: making another host call while the arguments of the first are written
// contained: value [{"route":"outer","arguments":{"x":1}},{"route":"inner","arguments":{}}]
let inner;
const outer = callAPI('outer', { get x() { inner ??= callAPI('inner'); return 1; } });
[await outer, await inner]
