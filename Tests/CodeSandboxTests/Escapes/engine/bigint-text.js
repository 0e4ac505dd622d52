// tries: turning a BigInt of ninety thousand digits into text and back
// contained: value "done"
// contained: failure timeout
// timeout: 4000
const big = 7n ** 100000n;
const text = big.toString();
if (BigInt(text) !== big) throw new Error("differs");
"done"
