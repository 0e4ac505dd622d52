// tries: loading bytecode made elsewhere
// contained: value ["undefined","undefined","undefined","refused"]
let result;
try { await import('data:application/x-quickjs;base64,AAAA'); result = 'loaded'; } catch { result = 'refused'; }
[typeof bjson, typeof evalBytecode, typeof globalThis.__loadBytecode, result]
