// tries: texts of numbers at the edge of what a number is
// contained: value "done"
for (const t of ['1e999999999', '-0', '0.' + '0'.repeat(1e5) + '1', '1'.repeat(1e5), '1e-999999999', '[' + '1,'.repeat(1e5) + '1]']) JSON.parse(t);
'done'
