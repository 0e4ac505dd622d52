// tries: a timer with a text to be evaluated
// contained: failure exception "function"
setTimeout('globalThis.leak = 1', 0)
