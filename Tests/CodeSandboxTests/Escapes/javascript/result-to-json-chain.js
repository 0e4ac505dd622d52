// tries: a toJSON that gives an object with toJSON, for ever
// contained: failure unserializableResult "200 levels"
const next = () => ({ toJSON: next });
next()
