// tries: a result with __proto__, constructor and toJSON keys
// contained: value {"__proto__":{"a":1},"constructor":{"prototype":1},"toJSON":2}
JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":1},"toJSON":2}')
