// tries: replacing RegExp.prototype.exec, flags and Symbol.replace
// contained: value ["TypeError","TypeError","TypeError","TypeError","a%20b"]
const names = [];
for (const attempt of [() => { RegExp.prototype.exec = () => null; }, () => { RegExp.prototype[Symbol.replace] = () => 'x'; },
    () => Object.defineProperty(RegExp.prototype, 'flags', { get: () => 'gy' }), () => { String.prototype.replace = null; }]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
[...names, encodeURIComponent('a b')]
