// tries: calling console with other levels and receivers
// contained: value ["undefined","TypeError"]
let name;
try { new console.log(); } catch (error) { name = error.name; }
[typeof Reflect.apply(console.log, { level: 99 }, ["x"]), name]
