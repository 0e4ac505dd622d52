// tries: reaching the host through the error a failed host call throws
// contained: value true
// reply-error: {"message":"no","status":500}
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
let caught;
try { await callAPI('x'); } catch (error) { caught = error; }
[caught, caught.constructor, Object.getPrototypeOf(caught), caught.stack, caught.message].map(reach).every(nothing) && caught instanceof APIError
