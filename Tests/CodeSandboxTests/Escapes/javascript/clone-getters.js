// tries: code run by getters in structuredClone, which changes what is cloned
// contained: value [1,2]
const source = { get a() { source.b = 2; return 1; }, b: 0 };
const copy = structuredClone(source);
[copy.a, copy.b]
