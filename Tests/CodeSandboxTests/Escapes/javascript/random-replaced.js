// tries: replacing Math.random to foresee what others draw
// contained: value ["TypeError",true]
let name;
try { Math.random = () => 4; } catch (error) { name = error.name; }
[name, new Set(Array.from({ length: 100 }, () => Math.random())).size === 100]
