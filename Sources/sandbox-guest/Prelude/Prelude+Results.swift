extension Prelude {
    /// `serialize` turns the script's value into JSON text; `describe` takes a thrown value apart.
    static let results = #"""
        class Unserializable { constructor(message) { this.message = message; } }
        const pathOf = (path) => {
            let text = 'value';
            for (const key of path) {
                text += typeof key === 'number' ? '[' + key + ']'
                    : test(simpleKey, key) ? '.' + key : '[' + stringify(key) + ']';
            }
            return text;
        };
        const refuse = (path, what) => { throw new Unserializable('the result at `' + pathOf(path) + '` ' + what); };
        const plain = (value, path, stack) => {
            switch (typeof value) {
                case 'string': return wellFormed(value);
                case 'boolean': case 'undefined': return value;
                case 'number': return isFinite(value) ? value : null;
                case 'bigint': return bigIntText(value);
                case 'symbol': return refuse(path, 'is a symbol, which JSON cannot carry: return a string.');
                case 'function':
                    return refuse(path, 'is a function, which JSON cannot carry: call it, or leave it out.');
            }
            if (value === null) return null;
            if (stack.length >= 200) refuse(path, 'is nested deeper than 200 levels: return a flatter value.');
            for (const open of stack) {
                if (open === value) refuse(path, 'is part of a cycle: return the fields you need.');
            }
            push(stack, value);
            const result = plainObject(value, path, stack);
            stack.length--;
            return result;
        };
        const child = (value, key, path, stack) => {
            push(path, key);
            const result = plain(value, path, stack);
            path.length--;
            return result;
        };
        const plainObject = (value, path, stack) => {
            if (value instanceof DateOf) return is(dateValue(value), NaN) ? null : toISO(value);
            if (value instanceof PromiseOf) refuse(path, 'is a promise: `await` it first.');
            if (value instanceof RegExpOf) return regExpText(value);
            if (value instanceof StringOf || value instanceof Number || value instanceof Boolean
                || value instanceof BigIntOf) return plain(value.valueOf(), path, stack);
            if (typeof value.toJSON === 'function') return plain(value.toJSON(''), path, stack);
            if (isArray(value) || (isView(value) && !(value instanceof DataView))) {
                const result = new ArrayOf(value.length);
                for (let i = 0; i < value.length; i++) {
                    defineProperty(result, i, {
                        value: child(value[i], i, path, stack), writable: true, enumerable: true, configurable: true,
                    });
                }
                return result;
            }
            if (value instanceof SetOf) {
                const result = [];
                setEach(value, (item) => push(result, child(item, result.length, path, stack)));
                return result;
            }
            const result = create(null);
            if (value instanceof MapOf) {
                mapEach(value, (item, key) => {
                    if (typeof key === 'object' && key !== null || typeof key === 'function' || typeof key === 'symbol') {
                        refuse(path, 'is a Map with a key that is no string or number: return an array of entries.');
                    }
                    result[wellFormed(StringOf(key))] = child(item, StringOf(key), path, stack);
                });
                return result;
            }
            if (value instanceof ErrorOf) {
                result.name = StringOf(value.name);
                result.message = StringOf(value.message);
            }
            for (const key of keys(value)) result[wellFormed(key)] = child(value[key], key, path, stack);
            return result;
        };
        const serialize = (value) => {
            try {
                const text = stringify(plain(value, [], []));
                return text === undefined ? 'null' : text;
            } catch (error) {
                if (error instanceof Unserializable) return [wellFormed(error.message)];
                throw error;
            }
        };
        const describe = (error) => {
            if (!(error instanceof ErrorOf)) {
                return ['', wellFormed(slice(format(['the script threw', error]), 0, 2000)), '', ''];
            }
            let details = '';
            try {
                const extra = create(null);
                for (const key of ['status', 'code', 'retryAfter', 'hint']) {
                    const value = error[key];
                    if (value !== undefined && typeof value !== 'function') extra[key] = plain(value, [key], []);
                }
                if (keys(extra).length > 0) details = stringify(extra);
            } catch { details = ''; }
            if (details.length > 4000) details = '';
            return [
                wellFormed(slice(StringOf(error.name), 0, 100)), wellFormed(slice(StringOf(error.message), 0, 4000)),
                wellFormed(StringOf(error.stack)), details,
            ];
        };
        const unhandled = (error) => error;

        """#
}
