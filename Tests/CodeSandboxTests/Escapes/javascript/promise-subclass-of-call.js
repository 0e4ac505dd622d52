// tries: making a host call resolve into a subclass by a changed constructor
// contained: value [true,"TypeError"]
const promise = callAPI('x');
let name = 'none';
try { Object.defineProperty(Promise.prototype, 'constructor', { value: class {} }); } catch (error) { name = error.name; }
promise.constructor = { [Symbol.species]: function (executor) { throw new Error('species'); } };
[(await callAPI('y')).route === 'y', name]
