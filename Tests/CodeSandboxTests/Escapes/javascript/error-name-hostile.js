// tries: a thrown error whose name and message are objects with a will of their own
// contained: failure exception
const error = new Error('x');
error.name = { toString() { throw { toString() { throw new Error('twice'); } }; } };
error.message = { [Symbol.toPrimitive]() { return Symbol('no text'); } };
throw error;
