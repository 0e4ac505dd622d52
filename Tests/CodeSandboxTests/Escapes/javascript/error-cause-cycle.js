// tries: throwing an error that is its own cause, in a cycle of a thousand
// contained: failure exception "first"
const first = new Error('first');
let last = first;
for (let i = 0; i < 1000; i++) { last.cause = new AggregateError([last, first], 'n' + i); last = last.cause; }
last.cause = first;
throw first;
