// tries: a result that cannot be written, under a key of a megabyte
// contained: failure unserializableResult
// memory: 256
({ ["k".repeat(2e6)]: () => 1 })
