// tries: overflowing the stack along a chain of a hundred thousand proxies
// contained: failure stackLimit
// contained: failure exception
let p = {};
for (let i = 0; i < 1e5; i++) p = new Proxy(p, {});
p.x; p.y = 1; "x" in p; Object.keys(p); throw new Error("through")
