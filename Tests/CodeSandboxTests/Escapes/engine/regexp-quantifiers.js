// tries: quantifiers whose product is astronomical
// contained: value "refused"
// timeout: 20000
let results = [];
for (const source of ['(?:a{0,65535}){65535}', 'a{4294967296}', '(a{99999}){99999}', '(?:(?:(?:a{1000}){1000}){1000}){1000}', '((((((a*)*)*)*)*)*)*'.repeat(2000)]) {
    try { new RegExp(source).test('aaaa'); } catch { }
}
"refused"
