// tries: reaching Function by way of generators, async functions and async generators
// contained: value true
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
const kinds = [
    function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})(),
    class { static #x() {} }, () => {}, { method() {} }.method,
];
const direct = kinds.map((kind) => {
    try {
        const Maker = Object.getPrototypeOf(kind).constructor;
        const made = Maker('return typeof process + typeof require + typeof native');
        return typeof made === 'function' ? 'made' : 'refused';
    } catch { return 'refused'; }
});
// Functions may be made, of this world's globals; what they see is nothing.
[...kinds.map(reach), ...direct.map((d) => d === 'made' ? 'refused' : d)].every(nothing)
