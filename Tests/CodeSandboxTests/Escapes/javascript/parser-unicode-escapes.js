// tries: hiding a forbidden import behind unicode escapes
// contained: failure exception "cannot import"
await import('\u0066s');
