// tries: making a built-in hand over an inner object as this
// contained: value true
const seen = [];
const spy = new Proxy(function () {}, { apply(target, self) { seen.push(self); }, get(target, key) { return target[key]; } });
[1].map(spy); [1].forEach(spy); new Map([[1, 1]]).forEach(spy); JSON.parse('[1]', spy); 'a'.replace(/a/, spy);
setTimeout(spy); queueMicrotask(spy); await new Promise((r) => setTimeout(r, 5));
// JSON.parse alone hands over an object: the holder it has just made.
seen.filter((self) => self !== undefined).every((self) => Array.isArray(self) || Reflect.ownKeys(self).join() === '')
