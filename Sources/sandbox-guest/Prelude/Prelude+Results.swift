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
        // Reads the member itself, so that `path` names it when its getter throws.
        const child = (object, key, path, stack) => {
            push(path, key);
            const result = plain(object[key], path, stack);
            path.length--;
            return result;
        };
        const item = (value, key, path, stack) => {
            push(path, key);
            const result = plain(value, path, stack);
            path.length--;
            return result;
        };
        const mostItems = 5e6;
        const plainObject = (value, path, stack) => {
            if (value instanceof DateOf) return is(dateValue(value), NaN) ? null : toISO(value);
            if (value instanceof PromiseOf) refuse(path, 'is a promise: `await` it first.');
            if (value instanceof RegExpOf) return regExpText(value);
            if (value instanceof ArrayBufferOf || value instanceof DataViewOf) {
                refuse(path, 'is raw memory: return an array of numbers, such as [...new Uint8Array(buffer)].');
            }
            if (value instanceof WeakMapOf || value instanceof WeakSetOf || value instanceof WeakRefOf) {
                refuse(path, 'is a weak collection, which cannot be listed: use a Map or a Set.');
            }
            if (value instanceof IteratorOf || typeof value[symbolAsyncIterator] === 'function') {
                refuse(path, 'is an iterator: collect what it yields, such as [...iterator].');
            }
            if (value instanceof StringOf || value instanceof Number || value instanceof Boolean
                || value instanceof BigIntOf) return plain(value.valueOf(), path, stack);
            if (typeof value.toJSON === 'function') return plain(value.toJSON(''), path, stack);
            if (isArray(value) || isView(value)) {
                if (value.length > mostItems) {
                    refuse(path, 'is an array of ' + value.length + ' items: return a summary.');
                }
                const result = new ArrayOf(value.length);
                for (let i = 0; i < value.length; i++) {
                    defineProperty(result, i, {
                        value: child(value, i, path, stack), writable: true, enumerable: true, configurable: true,
                    });
                }
                return result;
            }
            if (value instanceof SetOf) {
                const result = [];
                setEach(value, (member) => push(result, item(member, result.length, path, stack)));
                return result;
            }
            const result = create(null);
            if (value instanceof MapOf) {
                mapEach(value, (member, key) => {
                    if (typeof key === 'object' && key !== null || typeof key === 'function' || typeof key === 'symbol') {
                        refuse(path, 'is a Map with a key that is no string or number: return an array of entries.');
                    }
                    const name = wellFormed(StringOf(key));
                    if (name in result) {
                        refuse(path, 'is a Map with two keys that read ' + quote(name) + ': return an array of entries.');
                    }
                    result[name] = item(member, name, path, stack);
                });
                return result;
            }
            if (value instanceof ErrorOf) {
                result.name = StringOf(value.name);
                result.message = StringOf(value.message);
                for (const key of ['cause', 'errors']) {
                    if (getOwnPropertyDescriptor(value, key)) result[key] = child(value, key, path, stack);
                }
            }
            for (const key of keys(value)) result[wellFormed(key)] = child(value, key, path, stack);
            return result;
        };
        // What the engine throws at its limits is no matter of the value.
        const isLimit = (error) => error instanceof InternalErrorOf
            || error instanceof RangeErrorOf && error.message === 'Maximum call stack size exceeded';
        // JSON text; or why there is none, and the stack of the error behind that.
        const serialize = (value) => {
            const path = [];
            try {
                const text = stringify(plain(value, path, []));
                return text === undefined ? 'null' : text;
            } catch (error) {
                if (error instanceof Unserializable) return [wellFormed(error.message), ''];
                if (isLimit(error)) throw error;
                const reason = 'the result at `' + pathOf(path) + '` cannot be read, because reading it throws: '
                    + shortly(error);
                return [wellFormed(slice(reason, 0, 4000)), error instanceof ErrorOf ? StringOf(error.stack) : ''];
            }
        };
        // The message with what an error carries along: the errors of an AggregateError, and the chain of causes.
        const shortly = (value) => value instanceof ErrorOf ? errorLine(value) : inspect(value, 2, new SetOf());
        const fullMessage = (error) => {
            let text = StringOf(error.message);
            if (error instanceof AggregateErrorOf && isArray(error.errors)) {
                const shown = [];
                for (let i = 0; i < error.errors.length && i < 5; i++) push(shown, shortly(error.errors[i]));
                if (error.errors.length > 5) push(shown, '… ' + (error.errors.length - 5) + ' more');
                text += (text === '' ? '' : ' ') + '[' + join(shown, '; ') + ']';
            }
            let cause = error;
            for (let depth = 0; depth < 3 && cause instanceof ErrorOf && getOwnPropertyDescriptor(cause, 'cause'); depth++) {
                cause = cause.cause;
                text += ' (caused by ' + shortly(cause) + ')';
            }
            return text;
        };
        const describe = (error) => {
            if (!(error instanceof ErrorOf)) {
                return ['', wellFormed(slice('the script threw ' + inspect(error, 4, new SetOf()), 0, 2000)), '', ''];
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
                wellFormed(slice(StringOf(error.name), 0, 100)), wellFormed(slice(fullMessage(error), 0, 4000)),
                wellFormed(StringOf(error.stack)), details,
            ];
        };
        const namesOf = (object) => join(keys(object), '\n');

        """#
}
