// tries: overflowing the stack in the regular expression compiler
// contained: value "refused"
let result;
try { new RegExp("(?:".repeat(1e5) + ")".repeat(1e5)); result = "compiled"; } catch { result = "refused"; }
result
