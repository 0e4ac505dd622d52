// tries: a route that is an object with a will of its own
// contained: value ["TypeError","TypeError"]
// sees: 
const names = [];
for (const route of [{ toString: () => 'sales.list' }, new String('x')]) { try { await callAPI(route); names.push('sent'); } catch (error) { names.push(error.name); } }
names
