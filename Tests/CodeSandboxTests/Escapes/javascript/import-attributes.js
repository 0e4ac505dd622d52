// tries: import attributes that change how a module is loaded
// contained: failure exception
// contained: failure syntaxError
const module = await import('./tools/sales', { with: { type: 'bytes', get evil() { return callAPI('x'); } } });
throw new Error('loaded');
