// tries: twenty thousand timers at once
// contained: value 20000
let n = 0;
for (let i = 0; i < 20000; i++) setTimeout(() => n++, i % 7);
await new Promise((r) => setTimeout(r, 50));
n
