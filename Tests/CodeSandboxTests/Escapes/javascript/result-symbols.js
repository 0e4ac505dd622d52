// tries: symbols and functions deep in the result
// contained: failure unserializableResult "value.a[1].b"
({ a: [0, { b: Symbol("x") }] })
