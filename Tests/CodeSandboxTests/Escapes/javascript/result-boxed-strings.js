// tries: boxed primitives with changed valueOf
// contained: value ["mine",7]
const s = new String("x");
Object.defineProperty(s, "valueOf", { value: () => "mine" });
class N extends Number { valueOf() { return 7; } }
[s, new N(1)]
