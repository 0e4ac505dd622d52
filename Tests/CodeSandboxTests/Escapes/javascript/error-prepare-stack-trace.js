// tries: reading call sites through Error.prepareStackTrace
// contained: value ["string","undefined"]
let sites = 'undefined';
try { Error.prepareStackTrace = (error, frames) => { sites = typeof frames; return frames; }; } catch {}
try { Object.defineProperty(Error, 'prepareStackTrace', { value: () => { sites = 'called'; } }); } catch {}
[typeof new Error('x').stack, sites]
