// tries: dates from hostile texts
// contained: value "done"
for (const t of ['', '1'.repeat(1e5), '+275760-09-13T00:00:00.001Z', '2024-13-45T99:99:99.999999999999+99:99', 'Thu, 1 Jan 1970 00:00:00 GMT'.repeat(1000), '(' .repeat(1e5), '-000000-01-01', '\u0000']) new Date(t).getTime();
new Date(1e308, 1e308).getTime(); new Date(2024, -1e9).setFullYear(NaN);
'done'
