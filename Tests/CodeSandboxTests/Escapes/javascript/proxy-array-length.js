// tries: returning a Proxy of an array that claims a huge or negative length
// contained: failure unserializableResult "invalid array length"
new Proxy([], { get: (target, key) => key === 'length' ? -1 : undefined })
