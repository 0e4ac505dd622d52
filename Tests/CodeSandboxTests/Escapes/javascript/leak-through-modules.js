// tries: keeping state in a module for the next run
// contained: value ["TypeError",1]
const sales = await import('./tools/sales');
let name;
try { sales.getSales = 1; } catch (error) { name = error.name; }
sales.getSales.leak = 1; globalThis.leak = 1;
[name, sales.getSales.leak]
