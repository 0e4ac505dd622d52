// tries: tens of thousands of groups, named groups and back references
// contained: value "done"
try { new RegExp('(a)?'.repeat(300)).exec('a'.repeat(300)); } catch {}
try { new RegExp(Array.from({ length: 5000 }, (_, i) => `(?<g${i}>a)?`).join('')).exec('aaa'); } catch {}
try { new RegExp('(?<a>x)|(?<a>y)'); } catch {}
try { /\k<a>(?<a>.)/.exec('bb'); /(?<=(?<b>\w){3})\k<b>/.exec('aaaa'); } catch {}
try { new RegExp('\\' + '9'.repeat(30)); } catch {}
"done"
