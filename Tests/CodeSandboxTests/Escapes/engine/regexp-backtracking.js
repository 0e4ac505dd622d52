// tries: a pattern that backtracks without end
// contained: failure timeout
// timeout: 500
/^(a+)+$/.test('a'.repeat(60) + 'b')
