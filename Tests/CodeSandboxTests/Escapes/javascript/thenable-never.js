// tries: waiting on a thenable that never answers
// contained: failure exception "never happen"
await { then() {} }
