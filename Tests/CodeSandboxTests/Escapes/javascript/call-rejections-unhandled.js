// tries: ten thousand rejected promises that nobody handles
// contained: failure exception
for (let i = 0; i < 10000; i++) Promise.reject(new Error("n" + i));
