// tries: a path that is an object, a Proxy, or changes between check and use
// contained: value ["TypeError","TypeError","TypeError"]
const names = [];
let n = 0;
for (const path of [{ toString: () => n++ ? '/etc/passwd' : 'tools' }, new Proxy([], {}), new String('tools')]) {
    try { await fs.readFile(path); names.push('read'); } catch (error) { names.push(error.name); }
}
names
