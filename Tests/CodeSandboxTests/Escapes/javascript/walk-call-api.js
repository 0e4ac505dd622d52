// tries: reaching the host through callAPI, fs, searchTools and the timers
// contained: value true
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
[callAPI, fs, fs.readFile, searchTools, setTimeout, clearTimeout, queueMicrotask, structuredClone].map(reach).every(nothing)
