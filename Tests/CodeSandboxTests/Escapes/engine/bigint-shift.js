// tries: shifting BigInts by enormous amounts
// contained: value "refused"
for (const f of [() => 1n << 10n ** 12n, () => 1n << (1n << 64n), () => (-1n) >> 10n ** 30n, () => BigInt.asUintN(2 ** 53 - 1, -1n), () => 1n << 2n ** 31n]) { try { f(); } catch {} }
"refused"
