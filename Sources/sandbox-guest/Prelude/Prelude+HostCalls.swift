extension Prelude {
    /// `callAPI`, `searchTools`, `fs` and timers: everything that reaches outside the engine.
    static let hostCalls = #"""
        class APIError extends ErrorOf {
            constructor(message, { status, code, retryAfter, hint } = {}) {
                super(message);
                const set = (key, value) => value === undefined || defineProperty(this, key, {
                    value, writable: true, enumerable: true, configurable: true,
                });
                set('status', status);
                set('code', code);
                set('retryAfter', retryAfter);
                set('hint', hint);
            }
        }
        defineProperty(APIError.prototype, 'name', { value: 'APIError', writable: true, configurable: true });
        const apiError = (fields, stack) => {
            const error = new APIError(StringOf(fields.message), fields);
            if (stack !== '') {
                defineProperty(error, 'stack', { value: stack, writable: true, configurable: true });
            }
            return error;
        };
        const call = (name, args, what) => {
            let text;
            try { text = stringify(args); } catch (error) {
                throw new TypeErrorOf('the arguments of ' + what + ' cannot be sent as JSON: ' + error.message);
            }
            return native.hostCall(name, wellFormed(text), StringOf(new ErrorOf().stack));
        };
        // Never thrown synchronously: a call that cannot be made is a rejected promise like any other failure.
        const callAPI = async (route, args = {}) => {
            if (typeof route !== 'string') {
                throw new TypeErrorOf('callAPI(route, arguments) wants the name of a route, such as "sales.list"');
            }
            return call('callAPI', { route, arguments: args }, 'callAPI');
        };
        const searchTools = async (query, options = {}) => {
            if (typeof query !== 'string') throw new TypeErrorOf('searchTools(query) wants words to search for');
            return call('searchTools', { ...options, query }, 'searchTools');
        };
        const pathText = (path, name) => {
            if (typeof path !== 'string') throw new TypeErrorOf('fs.' + name + '(path) wants a path, such as "tools"');
            return path;
        };
        const fs = freeze({
            __proto__: null,
            readdir: async (path = '') => native.listDirectory(pathText(path, 'readdir')),
            readFile: async (path) => native.readFile(pathText(path, 'readFile')),
        });
        const setTimeout = (callback, delay = 0, ...args) => {
            if (typeof callback !== 'function') throw new TypeErrorOf('setTimeout(callback, milliseconds) wants a function');
            return native.setTimer(() => { apply(callback, undefined, args); }, +delay);
        };
        const clearTimeout = (id) => { if (typeof id === 'number') native.clearTimer(id); };
        const resolved = PromiseOf.resolve();
        const then = uncurry(PromiseOf.prototype.then);
        const queueMicrotask = (callback) => {
            if (typeof callback !== 'function') throw new TypeErrorOf('queueMicrotask(callback) wants a function');
            then(resolved, () => { callback(); });
        };

        """#
}
