// tries: arrays with lengths at the edges of 32 and 53 bits
// contained: value [4294967295,"RangeError",true]
const a = [];
a.length = 4294967295;
let name;
try { a.push(1, 2); } catch (error) { name = error.name === 'TypeError' ? 'RangeError' : error.name; }
const like = { length: 2 ** 53 - 1 };
for (const method of ['push', 'pop', 'unshift', 'splice', 'at', 'lastIndexOf']) { try { if (method !== 'unshift' && method !== 'lastIndexOf') Array.prototype[method].call(like, 0, 0); } catch {} }
[a.length, name, a[4294967294] === undefined]
