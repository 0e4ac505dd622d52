// tries: a thrown error whose message is megabytes long
// contained: failure exception "xxxx"
throw new Error("x".repeat(5e6));
