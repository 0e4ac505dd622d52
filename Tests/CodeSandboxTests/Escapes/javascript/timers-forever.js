// tries: timers that set themselves again for ever
// contained: failure timeout
// timeout: 500
const again = () => setTimeout(again);
again();
