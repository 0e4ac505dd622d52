// tries: catching values by setters on Object.prototype
// contained: value ["TypeError","TypeError","TypeError"]
const names = [];
for (const attempt of [
    () => Object.defineProperty(Object.prototype, 'message', { set(v) { globalThis.caught = v; } }),
    () => Object.prototype.__defineSetter__('route', () => {}),
    () => Object.setPrototypeOf(Object.prototype, { polluted: 1 }),
]) { try { attempt(); names.push('done'); } catch (error) { names.push(error.name); } }
names
