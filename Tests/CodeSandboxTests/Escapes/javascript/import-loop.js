// tries: importing the same modules ten thousand times
// contained: value 1
for (let i = 0; i < 10000; i++) await import("./tools/sales");
1
