// tries: a reply that does not fit into the memory of the run
// contained: failure memoryLimit
// memory: 4
// reply: ["@R@"]
// let R = 8000000 * "x"
await callAPI('x')
