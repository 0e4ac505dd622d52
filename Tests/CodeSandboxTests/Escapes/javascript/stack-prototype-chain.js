// tries: walking a prototype chain of two hundred thousand objects
// contained: value ["undefined",false]
// memory: 128
let o = {};
for (let i = 0; i < 2e5; i++) o = Object.create(o);
[typeof o.nothing, "nothing" in o]
