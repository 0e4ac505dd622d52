// tries: reaching the host through the promise a host call returns and its then
// contained: value true
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
const promise = callAPI('x');
const found = [promise, promise.then, Object.getPrototypeOf(promise)].map(reach);
await promise;
found.every(nothing)
