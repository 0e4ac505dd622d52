// tries: one line of forty megabytes
// contained: value 1
// memory: 128
console.log("x".repeat(4e7));
1
