// tries: turning globals into accessors, and deleting them
// contained: value ["TypeError","TypeError","TypeError","function"]
const names = [];
for (const attempt of [() => Object.defineProperty(globalThis, 'callAPI', { get: () => 1 }), () => { delete globalThis.callAPI; },
    () => { 'use strict'; globalThis.console = {}; }]) {
    try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
}
[...names, typeof callAPI]
