// tries: a pattern over a text of four megabytes
// contained: value 4000000
// contained: failure timeout
// memory: 256
// timeout: 15000
const text = 'ab'.repeat(2e6);
text.replace(/b/g, (b) => b).length
