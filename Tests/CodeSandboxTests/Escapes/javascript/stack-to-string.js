// tries: overflowing the stack by a toString that needs itself
// contained: failure stackLimit
const o = { toString() { return `${o}` + `${o}`; } };
`${o}`
