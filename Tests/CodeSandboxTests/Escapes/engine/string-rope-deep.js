// tries: a rope that is deep on both sides, flattened by comparison
// contained: value true
let a = '', b = '';
for (let i = 0; i < 2e5; i++) { a = 'x' + a; b = b + 'x'; }
a === b && a < b + 'y'
