// tries: an error reply with keys of the prototype
// contained: value [false,"m",false]
// reply-error: {"message":"m","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}
let caught;
try { await callAPI('x'); } catch (error) { caught = error; }
[caught.polluted === 1, caught.message, ({}).polluted === 1]
