// tries: powers that fill all memory, in one operator
// contained: value "refused"
// timeout: 20000
let refused = 0;
for (const f of [() => 10n ** 10n ** 10n, () => (2n ** 1000000n) ** 1000n, () => 3n ** (2n ** 40n)]) { try { f(); } catch { refused++; } }
refused === 3 ? "refused" : refused
