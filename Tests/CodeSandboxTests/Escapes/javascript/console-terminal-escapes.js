// tries: control characters and terminal escapes, kept as text
// contained: value 1
console.log("\u001b[2J\u001b]0;title\u0007\u0000\r\n\u202e");
1
