// tries: code run by the iterator and by the pairs of URLSearchParams
// contained: value ["TypeError","made"]
const names = [];
for (const init of [{ [Symbol.iterator]() { return { next: () => ({ value: { [Symbol.iterator]: null } }) }; } }, [[Symbol('x'), 1]]]) {
    try { new URLSearchParams(init); names.push('made'); } catch (error) { names.push(error.name); }
}
names
