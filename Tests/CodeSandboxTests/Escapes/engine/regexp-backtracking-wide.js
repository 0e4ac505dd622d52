// tries: nested alternatives with back references that backtrack without end
// contained: failure timeout
// timeout: 500
/^(([a-z])+.)+[A-Z]([a-z])+$(?=(\1|\2)*x)/.test('a'.repeat(200))
