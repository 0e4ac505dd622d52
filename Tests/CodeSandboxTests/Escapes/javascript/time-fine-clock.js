// tries: measuring finer than a millisecond
// contained: value [true,true,true]
const ticks = Array.from({ length: 200 }, () => performance.now());
[ticks.every(Number.isInteger), Number.isInteger(Date.now()), typeof performance.mark === 'undefined' && typeof performance.timeOrigin === 'undefined']
