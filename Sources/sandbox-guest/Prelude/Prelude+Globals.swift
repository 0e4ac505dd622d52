extension Prelude {
    /// Puts the API in place, takes away what could block or measure finely.
    static let globals = #"""
        // Whole milliseconds, like Date.now: a finer clock would serve those who measure what others do.
        const performance = freeze({ __proto__: null, now: () => native.elapsed() });
        const random = () => native.random();
        defineProperty(Math, 'random', { value: random, writable: false, configurable: false });
        const api = {
            console, callAPI, APIError, searchTools, fs, setTimeout, clearTimeout, queueMicrotask, structuredClone,
            TextEncoder, TextDecoder, URL, URLSearchParams, performance,
        };
        for (const name of ['Atomics', 'SharedArrayBuffer', 'performance', 'gc']) delete globalThis[name];
        // Text becomes code in one way only, as the script of a run: what else compiled is taken out of reach.
        const refuseCode = (name) => {
            throw new TypeErrorOf(name + ' is not available: write the code in the script itself');
        };
        const evalName = 'eval';
        defineProperty(globalThis, evalName, {
            value: { [evalName]() { return refuseCode('eval'); } }[evalName], writable: true, configurable: true,
        });
        const FunctionOf = Function;
        for (const sample of [function () {}, function* () {}, async function () {}, async function* () {}]) {
            const prototype = getPrototypeOf(sample);
            const { name } = prototype.constructor;
            const replacement = { [name]: function () { return refuseCode('new ' + name); } }[name];
            // For instanceof, which asks the constructor for this.
            defineProperty(replacement, 'prototype', { value: prototype, writable: false });
            defineProperty(prototype, 'constructor', { value: replacement, writable: true, configurable: true });
            if (prototype === FunctionOf.prototype) {
                defineProperty(globalThis, name, { value: replacement, writable: true, configurable: true });
            }
        }
        // A stack is text about the script, never a call into it.
        delete ErrorOf.prepareStackTrace;
        for (const name of keys(api)) {
            defineProperty(globalThis, name, { value: api[name], writable: false, enumerable: false, configurable: false });
        }

        """#

    /// Freezes everything reachable from the global object.
    ///
    /// A frozen data property of a prototype would also stop `error.name = …` on an instance, which ordinary code
    /// does all the time; such properties become accessors whose setter defines the member on the instance.
    static let freezing = #"""
        const overridable = (prototype, names) => {
            for (const name of names ?? ownKeys(prototype)) {
                const property = getOwnPropertyDescriptor(prototype, name);
                if (!property || !('value' in property) || !property.configurable) continue;
                const { value } = property;
                defineProperty(prototype, name, {
                    get() { return value; },
                    set(replacement) {
                        if (this === prototype || typeof this !== 'object' && typeof this !== 'function') {
                            throw new TypeErrorOf('the built-in ' + StringOf(name) + ' cannot be replaced');
                        }
                        defineProperty(this, name, {
                            value: replacement, writable: true, enumerable: true, configurable: true,
                        });
                    },
                    enumerable: property.enumerable, configurable: false,
                });
            }
        };
        overridable(Object.prototype, ['toString', 'toLocaleString', 'valueOf', 'constructor', 'hasOwnProperty']);
        overridable(Function.prototype, ['name', 'toString', 'constructor', 'call', 'apply', 'bind']);
        overridable(Array.prototype, ['toString', 'constructor']);
        overridable(Promise.prototype, ['constructor']);
        for (const kind of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError,
            AggregateError, APIError]) overridable(kind.prototype, ['name', 'message', 'toString', 'constructor']);
        const pending = [];
        const known = new SetOf();
        const visit = (value) => {
            if ((typeof value === 'object' && value !== null || typeof value === 'function') && value !== globalThis
                && !setHas(known, value)) {
                setAdd(known, value);
                push(pending, value);
            }
        };
        for (const name of ownKeys(globalThis)) {
            const property = getOwnPropertyDescriptor(globalThis, name);
            visit(property.value);
            if (property.configurable && 'value' in property && name !== 'globalThis') {
                defineProperty(globalThis, name, { writable: false, configurable: false });
            }
        }
        for (const sample of [
            function* () {}, async function () {}, async function* () {}, (function* () {})(), (async function* () {})(),
            [][symbolIterator](), new MapOf()[symbolIterator](), new SetOf()[symbolIterator](), ''[symbolIterator](),
            'a'.matchAll(/a/g), [].values().map((x) => x), Iterator.from({ next() {} }), new Uint8ArrayOf(),
        ]) {
            visit(getPrototypeOf(sample));
        }
        while (pending.length > 0) {
            const object = pending[pending.length - 1];
            pending.length--;
            visit(getPrototypeOf(object));
            for (const key of ownKeys(object)) {
                const property = getOwnPropertyDescriptor(object, key);
                visit(property.value);
                visit(property.get);
                visit(property.set);
            }
            freeze(object);
        }

        """#
}
