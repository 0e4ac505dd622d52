// tries: arguments with __proto__ keys arrive as plain keys
// contained: value {"route":"x","arguments":{"__proto__":{"admin":true}}}
// sees: callAPI {"route":"x","arguments":{"__proto__":{"admin":true}}}
await callAPI('x', JSON.parse('{"__proto__":{"admin":true}}'))
