// tries: printing an object of a hundred thousand keys and an array of a million
// contained: value 1
const o = {};
for (let i = 0; i < 1e5; i++) o["k" + i] = i;
console.log(o, new Array(1e6), new Uint8Array(1e6));
1
