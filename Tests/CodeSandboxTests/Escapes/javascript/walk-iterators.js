// tries: reaching the host through the prototypes of every iterator
// contained: value true
const reach = (value) => {
    try {
        const found = value.constructor.constructor('return [typeof process, typeof require, typeof std, typeof os, typeof native].join()')();
        // A generator's function gives a generator; what it returns comes with the first step.
        return typeof found === 'string' ? found : found.next ? found.next().value ?? 'refused' : 'refused';
    } catch (error) { return 'refused'; }
};
const nothing = (found) => found === 'refused' || typeof found?.then === 'function' || found === 'undefined,undefined,undefined,undefined,undefined';
[[].values(), new Map().entries(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g),
 Iterator.from([]), [].values().map((x) => x), new Intl_().value, Object.entries({})[Symbol.iterator]()].map(reach).every(nothing);
function Intl_() { this.value = [][Symbol.iterator]().__proto__.__proto__; }
