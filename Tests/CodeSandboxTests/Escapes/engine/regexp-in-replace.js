// tries: backtracking hidden in split, replaceAll and matchAll
// contained: failure timeout
// timeout: 500
const text = 'a'.repeat(50) + '!';
for (const m of text.matchAll(/(?:(?:a*)*)*b/g)) { }
text.split(/(x+x+)+y/)
