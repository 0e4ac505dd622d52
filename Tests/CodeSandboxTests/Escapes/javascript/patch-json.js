// tries: replacing JSON.stringify and JSON.parse before a call
// contained: value ["TypeError","TypeError",{"route":"x","arguments":{"a":1}}]
const names = [];
for (const attempt of [() => { JSON.stringify = () => '{"route":"forged"}'; }, () => { globalThis.JSON = { stringify: () => '"forged"' }; }]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
[...names, await callAPI('x', { a: 1 })]
