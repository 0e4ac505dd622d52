// tries: replacements that square the length of a text
// contained: failure memoryLimit
// contained: failure exception
let s = 'aaaa';
for (;;) s = s.replaceAll('a', '$`a$\'a');
