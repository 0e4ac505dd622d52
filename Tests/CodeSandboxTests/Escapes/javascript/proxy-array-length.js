// tries: returning a Proxy of an array that claims a huge or negative length
// contained: failure exception "length"
new Proxy([], { get: (target, key) => key === 'length' ? -1 : undefined })
