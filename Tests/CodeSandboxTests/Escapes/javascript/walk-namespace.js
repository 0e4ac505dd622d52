// tries: reaching the host through module namespaces and import.meta
// contained: value true
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
const sales = await import('./tools/sales');
const api = await import('bitetrack:api');
[sales, sales.getSales, api, api.callAPI, import.meta].map(reach).every(nothing)
