extension Prelude {
    /// `TextEncoder`, `TextDecoder`, `URLSearchParams` and `structuredClone`, as far as scripts over data need them.
    static let text = #"""
        class TextEncoder {
            get encoding() { return 'utf-8'; }
            encode(text = '') { return native.encodeUTF8(wellFormed(StringOf(text))); }
        }
        class TextDecoder {
            #fatal;
            constructor(label = 'utf-8', { fatal = false } = {}) {
                if (!test(/^utf-?8$/i, StringOf(label))) throw new RangeError('TextDecoder knows utf-8 only');
                this.#fatal = !!fatal;
            }
            get encoding() { return 'utf-8'; }
            decode(bytes = new Uint8ArrayOf()) {
                const view = isView(bytes) ? new Uint8ArrayOf(bytes.buffer, bytes.byteOffset, bytes.byteLength)
                    : new Uint8ArrayOf(bytes);
                const text = native.decodeUTF8(view, this.#fatal);
                return charCodeAt(text, 0) === 0xFEFF ? slice(text, 1) : text;
            }
        }
        const encodeURIText = encodeURIComponent, decodeURIText = decodeURIComponent;
        // application/x-www-form-urlencoded keeps * - . _ and writes a blank as +.
        const formEncode = (text) => replace(
            replace(encodeURIText(wellFormed(text)), /[!'()~]/g, (c) => '%' + charCodeAt(c, 0).toString(16).toUpperCase()),
            /%20/g, '+');
        const formDecode = (text) => {
            const spaced = replace(text, /\+/g, ' ');
            try { return decodeURIText(spaced); } catch {
                // Percent signs that make no UTF-8 stay, or become U+FFFD, as the standard's byte-wise decoder would.
                const bytes = [];
                const raw = native.encodeUTF8(wellFormed(spaced));
                const hex = (byte) => byte >= 48 && byte <= 57 ? byte - 48
                    : byte >= 65 && byte <= 70 ? byte - 55 : byte >= 97 && byte <= 102 ? byte - 87 : -1;
                for (let i = 0; i < raw.length; i++) {
                    const high = raw[i] === 37 ? hex(raw[i + 1]) : -1, low = raw[i] === 37 ? hex(raw[i + 2]) : -1;
                    if (high >= 0 && low >= 0) { push(bytes, high * 16 + low); i += 2; } else push(bytes, raw[i]);
                }
                return native.decodeUTF8(new Uint8ArrayOf(bytes), false);
            }
        };
        let linkParams, refillParams;
        class URLSearchParams {
            #pairs = [];
            // Tells the URL these parameters belong to, if any, that they changed.
            #changed = () => {};
            static {
                linkParams = (params, changed) => { params.#changed = () => changed(params.toString()); };
                refillParams = (params, text) => {
                    params.#pairs = [];
                    params.#parse(text);
                };
            }
            constructor(init = '') {
                if (typeof init === 'object' && init !== null) {
                    if (typeof init[symbolIterator] === 'function') {
                        for (const pair of init) {
                            const [name, value, ...more] = pair;
                            if (value === undefined || more.length > 0) {
                                throw new TypeErrorOf('URLSearchParams wants pairs of name and value');
                            }
                            this.append(name, value);
                        }
                    } else {
                        for (const key of keys(init)) this.append(key, init[key]);
                    }
                    return;
                }
                const text = StringOf(init);
                this.#parse(text[0] === '?' ? slice(text, 1) : text);
            }
            #parse(text) {
                for (const part of split(text, '&')) {
                    if (part === '') continue;
                    const equals = indexOf(part, '=');
                    const name = equals < 0 ? part : slice(part, 0, equals);
                    push(this.#pairs, [formDecode(name), equals < 0 ? '' : formDecode(slice(part, equals + 1))]);
                }
            }
            get size() { return this.#pairs.length; }
            append(name, value) {
                push(this.#pairs, [StringOf(name), StringOf(value)]);
                this.#changed();
            }
            delete(name, value) {
                this.#pairs = this.#pairs.filter((p) =>
                    p[0] !== StringOf(name) || (value !== undefined && p[1] !== StringOf(value)));
                this.#changed();
            }
            get(name) {
                for (const pair of this.#pairs) if (pair[0] === StringOf(name)) return pair[1];
                return null;
            }
            getAll(name) { return this.#pairs.filter((p) => p[0] === StringOf(name)).map((p) => p[1]); }
            has(name, value) {
                return this.#pairs.some((p) => p[0] === StringOf(name) && (value === undefined || p[1] === StringOf(value)));
            }
            set(name, value) {
                const first = this.#pairs.findIndex((p) => p[0] === StringOf(name));
                if (first < 0) return this.append(name, value);
                this.#pairs[first][1] = StringOf(value);
                this.#pairs = this.#pairs.filter((p, i) => i <= first || p[0] !== StringOf(name));
                this.#changed();
            }
            sort() {
                sort(this.#pairs, (a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
                this.#changed();
            }
            forEach(callback, self) { for (const [name, value] of this.#pairs) apply(callback, self, [value, name, this]); }
            *entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
            *keys() { for (const [name] of this.#pairs) yield name; }
            *values() { for (const [, value] of this.#pairs) yield value; }
            [symbolIterator]() { return this.entries(); }
            toString() { return join(this.#pairs.map((p) => formEncode(p[0]) + '=' + formEncode(p[1])), '&'); }
            toJSON() { return this.toString(); }
        }
        const structuredClone = (value) => clone(value, new MapOf());
        const clone = (value, seen) => {
            if (typeof value === 'function' || typeof value === 'symbol') {
                throw new TypeErrorOf('structuredClone cannot copy a ' + typeof value);
            }
            if (typeof value !== 'object' || value === null) return value;
            if (mapHas(seen, value)) return mapGet(seen, value);
            const remember = (copy) => { mapSet(seen, value, copy); return copy; };
            if (value instanceof DateOf) return remember(new DateOf(dateValue(value)));
            if (value instanceof RegExpOf) return remember(new RegExpOf(value.source, value.flags));
            if (value instanceof ArrayBufferOf) return remember(value.slice(0));
            if (isView(value)) {
                if (value instanceof DataView) {
                    return remember(new DataView(clone(value.buffer, seen), value.byteOffset, value.byteLength));
                }
                return remember(value.slice());
            }
            for (const kind of [PromiseOf, WeakMapOf, URL, URLSearchParams]) {
                if (value instanceof kind) throw new TypeErrorOf('structuredClone cannot copy a ' + kind.name);
            }
            if (value instanceof MapOf) {
                const copy = remember(new MapOf());
                mapEach(value, (item, key) => mapSet(copy, clone(key, seen), clone(item, seen)));
                return copy;
            }
            if (value instanceof SetOf) {
                const copy = remember(new SetOf());
                setEach(value, (item) => setAdd(copy, clone(item, seen)));
                return copy;
            }
            const copy = remember(
                isArray(value) ? new ArrayOf(value.length)
                    : value instanceof ErrorOf ? new ErrorOf(value.message) : {});
            for (const key of keys(value)) {
                defineProperty(copy, key, {
                    value: clone(value[key], seen), writable: true, enumerable: true, configurable: true,
                });
            }
            return copy;
        };

        """#
}
