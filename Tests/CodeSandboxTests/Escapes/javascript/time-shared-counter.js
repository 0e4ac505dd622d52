// tries: building a fine clock from shared memory
// contained: value ["undefined","undefined","undefined","undefined"]
[typeof SharedArrayBuffer, typeof Atomics, typeof Worker, typeof WebAssembly]
