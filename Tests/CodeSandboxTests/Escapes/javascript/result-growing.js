// tries: a result that grows while it is written
// contained: failure memoryLimit
// contained: failure timeout
// contained: failure outputLimit
// timeout: 3000
const list = [1];
Object.defineProperty(list, 0, { get() { list.push({ get more() { list.push({ toJSON() { list.push(1, this); return 1; } }); return 1; } }); return 1; } });
for (let i = 0; i < 5; i++) list.push({ get x() { list.push(this, this); return 1; } });
list
