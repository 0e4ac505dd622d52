// tries: a thrown error whose stack is megabytes long
// contained: failure exception "mine"
const error = new Error("mine");
error.stack = "    at f (script.js:1:1)\n".repeat(200000);
throw error;
