// tries: calling the setters of frozen built-ins on prototypes and the global object
// contained: value ["[object Object]",false]
const { set } = Object.getOwnPropertyDescriptor(Object.prototype, 'toString');
for (const target of [Object.prototype, Array.prototype, Function.prototype, Promise.prototype, callAPI, console, JSON]) {
    try { Reflect.apply(set, target, [() => 'mine']); } catch {}
}
try { Reflect.apply(set, globalThis, [() => 'mine']); } catch {}
[Object.prototype.toString.call({}), String(JSON) === 'mine']
