// tries: reading or changing where the module lies
// contained: value [true,true]
const text = JSON.stringify([import.meta.url ?? null, import.meta.filename ?? null, import.meta.dirname ?? null]);
import.meta.main = 'changed';
[!text.includes('/work') && !text.includes('/usr'), import.meta.resolve === undefined]
