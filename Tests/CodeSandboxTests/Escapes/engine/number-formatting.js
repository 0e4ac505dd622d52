// tries: numbers in every base and precision
// contained: value "done"
for (const n of [1e21, 5e-324, 1.7976931348623157e308, -0, NaN, 0.1, 2 ** 53]) { for (let b = 2; b <= 36; b++) n.toString(b); for (const d of [0, 50, 100]) { n.toFixed(d); n.toExponential(d); if (d) n.toPrecision(d); } }
'done'
