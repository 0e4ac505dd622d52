// tries: spreading and applying with millions of arguments
// contained: value "refused"
// memory: 256
let n = 0;
const many = new Array(5e6).fill(1);
for (const f of [() => Math.max(...many), () => Math.max.apply(null, many), () => Reflect.construct(Array, many), () => String.fromCharCode(...many), () => [].push(...many), () => Math.max.apply(null, { length: 2 ** 40 })]) { try { f(); n++; } catch { n++; } }
n === 6 ? "refused" : n
