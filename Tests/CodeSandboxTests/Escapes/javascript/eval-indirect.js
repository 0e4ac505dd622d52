// tries: running text by eval, Function, setTimeout and import of data
// contained: value true
const ways = [
    () => (0, eval)('typeof native'), () => globalThis.eval?.('typeof native') ?? 'undefined', () => new Function('return typeof native')(),
    () => Reflect.construct(Function, ['return typeof native'])(), () => Object.getPrototypeOf(async () => {}).constructor('return typeof native') && 'undefined',
];
ways.every((way) => { try { return way() === 'undefined'; } catch { return true; } })
