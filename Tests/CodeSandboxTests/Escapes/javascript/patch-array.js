// tries: replacing array methods and the iterator before printing
// contained: value ["TypeError","TypeError","TypeError",3]
const names = [];
for (const attempt of [() => { Array.prototype.push = null; }, () => { Array.prototype[Symbol.iterator] = null; }, () => { Array.prototype[0] = 'ghost'; }]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
console.log([1, [2, [3]]]);
[...names, [1, , 3].length]
