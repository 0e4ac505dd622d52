// tries: replacing Promise and its methods before a call
// contained: value ["TypeError","TypeError","TypeError","x"]
const names = [];
for (const attempt of [() => { Promise.prototype.then = () => 'mine'; }, () => { globalThis.Promise = class {}; }, () => { Promise.resolve = null; }]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
[...names, (await callAPI('x')).route]
