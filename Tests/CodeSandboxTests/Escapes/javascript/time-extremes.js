// tries: dates at and beyond the end of time
// contained: value ["+275760-09-13T00:00:00.000Z",null,"RangeError"]
let name;
try { new Date(8.64e15 + 1).toISOString(); } catch (error) { name = error.name; }
[new Date(8.64e15), new Date(NaN), name]
