// tries: running out of memory while a function is bound, where quickjs-ng 0.17.0 frees what was never filled (a read at address 8)
// contained: value "refused"
// contained: failure guestLost "signal 11"
// memory: 4
let hold = [];
try { for (let i = 0; ; i++) hold.push(callAPI.bind(null, i)); } catch { hold = null; }
'refused'
