extension Prelude {
    /// `console` and the way it shows values: like Node, on as few lines as will do.
    static let inspection = #"""
        const simpleKey = /^[A-Za-z_$][\w$]*$/;
        const quote = (text) => {
            const json = stringify(text);
            return indexOf(text, "'") < 0 ? "'" + replace(slice(json, 1, -1), /\\"/g, '"') + "'" : json;
        };
        const nameOf = (value) => {
            try {
                const prototype = getPrototypeOf(value);
                if (prototype === null) return '[Object: null prototype]';
                const made = getOwnPropertyDescriptor(prototype, 'constructor');
                return made && typeof made.value === 'function' ? StringOf(made.value.name) : '';
            } catch { return ''; }
        };
        const errorLine = (error) => {
            const name = StringOf(error.name), message = StringOf(error.message);
            return message === '' ? name : name + ': ' + message;
        };
        const inspect = (value, depth, seen) => {
            switch (typeof value) {
                case 'string': return quote(value);
                case 'bigint': return bigIntText(value) + 'n';
                case 'symbol': return symbolText(value);
                case 'function': return '[Function ' + (value.name || '(anonymous)') + ']';
                case 'object': break;
                default: return is(value, -0) ? '-0' : StringOf(value);
            }
            if (value === null) return 'null';
            if (setHas(seen, value)) return '[Circular]';
            setAdd(seen, value);
            try { return inspectObject(value, depth, seen); } finally { setDelete(seen, value); }
        };
        const inspectObject = (value, depth, seen) => {
            const parts = [];
            const limit = 100;
            let opening = '{', closing = '}', name = nameOf(value), count = 0;
            const add = (text) => { if (count++ < limit) push(parts, text()); };
            if (isArray(value)) {
                [opening, closing] = ['[', ']'];
                if (name === 'Array') name = '';
                if (depth < 0) return '[Array(' + value.length + ')]';
                for (let i = 0; i < value.length && i < limit; i++) push(parts, inspect(value[i], depth - 1, seen));
                count = value.length;
            } else if (value instanceof ErrorOf) {
                const extra = keys(value);
                if (extra.length === 0 || depth < 0) return '[' + errorLine(value) + ']';
                name = '[' + errorLine(value) + ']';
                for (const key of extra) add(() => key + ': ' + inspect(value[key], depth - 1, seen));
            } else if (value instanceof DateOf) {
                return is(dateValue(value), NaN) ? 'Invalid Date' : toISO(value);
            } else if (value instanceof RegExpOf) {
                return regExpText(value);
            } else if (value instanceof PromiseOf) {
                return 'Promise {<use await to get its value>}';
            } else if (depth < 0) {
                return '[' + (name || 'Object') + ']';
            } else if (value instanceof MapOf) {
                mapEach(value, (item, key) =>
                    add(() => inspect(key, depth - 1, seen) + ' => ' + inspect(item, depth - 1, seen)));
                name = 'Map(' + count + ')';
            } else if (value instanceof SetOf) {
                setEach(value, (item) => add(() => inspect(item, depth - 1, seen)));
                name = 'Set(' + count + ')';
            } else if (isView(value) && !(value instanceof DataViewOf)) {
                [opening, closing] = ['[', ']'];
                for (let i = 0; i < value.length && i < limit; i++) push(parts, StringOf(value[i]));
                count = value.length;
                name += '(' + count + ')';
            } else if (value instanceof URL) {
                return 'URL ' + quote(value.href);
            } else if (value instanceof URLSearchParams) {
                return 'URLSearchParams ' + quote(StringOf(value));
            } else {
                if (name === 'Object') name = '';
                for (const key of keys(value)) {
                    const shown = test(simpleKey, key) ? key : quote(key);
                    add(() => shown + ': ' + inspect(value[key], depth - 1, seen));
                }
            }
            if (count > limit) push(parts, '… ' + (count - limit) + ' more');
            const start = (name === '' ? '' : name + ' ') + opening;
            if (parts.length === 0) return start + closing;
            const spaced = opening === '{' ? ' ' : '';
            const line = start + spaced + join(parts, ', ') + spaced + closing;
            if (line.length <= 160) return line;
            return start + '\n  ' + replace(join(parts, ',\n'), /\n/g, '\n  ') + '\n' + closing;
        };
        const format = (args) => {
            const parts = [];
            for (let i = 0; i < args.length; i++) {
                push(parts, typeof args[i] === 'string' ? args[i] : inspect(args[i], 4, new SetOf()));
            }
            return join(parts, ' ');
        };
        const lineLimit = 16384;
        const print = (level) => (...args) => {
            let text;
            try { text = format(args); } catch (error) { text = '[could not be shown: ' + errorLine(error) + ']'; }
            if (text.length > lineLimit) {
                text = slice(text, 0, lineLimit) + '… (' + (text.length - lineLimit) + ' more characters cut)';
            }
            native.console(level, wellFormed(text));
        };
        const error = print(4);
        const console = freeze({
            __proto__: null,
            debug: print(0), log: print(1), info: print(2), warn: print(3), error,
            dir: (value) => console.log(value), table: (value) => console.log(value), trace: print(0),
            assert: (condition, ...args) => { if (!condition) error('Assertion failed', ...args); },
        });

        """#
}
