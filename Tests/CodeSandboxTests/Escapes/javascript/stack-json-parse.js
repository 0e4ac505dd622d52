// tries: overflowing the stack in JSON.parse
// contained: value "refused"
let result;
try { JSON.parse("[".repeat(1e6)); result = "parsed"; } catch { result = "refused"; }
result
