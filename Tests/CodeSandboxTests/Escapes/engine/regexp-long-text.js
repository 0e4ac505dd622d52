// tries: a pattern over a text of a megabyte
// contained: value 1000000
// memory: 256
// timeout: 15000
const text = 'ab'.repeat(5e5);
text.replace(/b/g, (b) => b).length
