// tries: a million lines of console
// contained: failure outputLimit "10000 console lines"
// output: 2000000
for (let i = 0; i < 1e6; i++) console.log(1);
