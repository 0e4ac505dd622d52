// tries: microtasks that starve everything else
// contained: failure timeout
// timeout: 500
const again = () => queueMicrotask(again);
again();
