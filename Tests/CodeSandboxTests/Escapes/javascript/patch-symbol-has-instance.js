// tries: lying with Symbol.hasInstance and Symbol.isConcatSpreadable
// contained: value ["TypeError","TypeError",true]
const names = [];
for (const attempt of [() => Object.defineProperty(Error, Symbol.hasInstance, { value: () => true }),
    () => Object.defineProperty(Array.prototype, Symbol.isConcatSpreadable, { value: false })]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
[...names, !({} instanceof Error)]
