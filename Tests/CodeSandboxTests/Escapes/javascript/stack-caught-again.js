// tries: overflowing the stack again inside every catch and finally
// contained: value "survived"
// contained: failure timeout
// timeout: 1500
function f() { try { f(); } catch { g(); } }
function g() { try { g(); } catch { } }
f();
"survived"
