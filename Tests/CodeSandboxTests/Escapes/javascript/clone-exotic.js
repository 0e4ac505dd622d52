// tries: cloning proxies, functions, cycles and detached buffers
// contained: value ["TypeError",true,"TypeError"]
const names = [];
try { structuredClone({ f() {} }); names.push('cloned'); } catch (error) { names.push(error.name); }
const cycle = {}; cycle.self = cycle;
const copy = structuredClone(cycle);
names.push(copy.self === copy);
const view = new Uint8Array(8); view.buffer.transfer();
try { structuredClone(view); names.push('cloned'); } catch (error) { names.push(error.name); }
names
