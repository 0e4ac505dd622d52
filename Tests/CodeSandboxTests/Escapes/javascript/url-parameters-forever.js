// tries: URLSearchParams of an iterator without an end
// contained: failure memoryLimit
// contained: failure timeout
// contained: failure exception "threw null"
// timeout: 3000
new URLSearchParams({ *[Symbol.iterator]() { for (;;) yield ["a".repeat(1000), "b"]; } })
