// tries: overflowing the stack in console.log
// contained: value "printed"
let deep = {};
for (let i = 0; i < 1e5; i++) deep = { deep };
console.log(deep, [deep], new Map([[deep, deep]]));
"printed"
