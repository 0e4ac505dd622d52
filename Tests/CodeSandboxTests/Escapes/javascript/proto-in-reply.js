// tries: a reply with __proto__ keys
// contained: value [false,true,["__proto__","a"]]
// reply: {"__proto__":{"polluted":1},"a":1}
const reply = await callAPI('x');
[reply.polluted === 1, Object.getPrototypeOf(reply) === Object.prototype, Reflect.ownKeys(reply).sort()]
