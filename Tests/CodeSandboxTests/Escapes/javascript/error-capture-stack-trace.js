// tries: capturing a stack into a hostile object
// contained: value true
const target = new Proxy({}, { defineProperty() { throw new RangeError('trap'); }, set() { throw new RangeError('trap'); } });
let name = 'none';
try { Error.captureStackTrace?.(target); } catch (error) { name = error.name; }
const plain = {};
Error.captureStackTrace?.(plain);
typeof (plain.stack ?? '') === 'string' && !String(plain.stack).includes('/work') && !String(plain.stack).includes('/usr')
