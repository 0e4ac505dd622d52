// tries: a Promise whose species leads then to a foreign constructor
// contained: value ["function",true]
class Sly extends Promise { static get [Symbol.species]() { return function (executor) { executor((v) => { Sly.seen = v; }, () => {}); return { then() {} }; }; } }
Sly.resolve(1).then((x) => x);
await null; await null;
[typeof Sly, (await callAPI('x')).route === 'x']
