extension Prelude {
    /// `URL` as the WHATWG standard has it, but for two things it refuses in plain words: `file:` URLs, for there are
    /// no files here, and host names that are not ASCII, for that takes the tables of IDNA.
    static let urls = #"""
        const specialPorts = { __proto__: null, 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };
        const isSpecial = (protocol) => specialPorts[protocol] !== undefined;
        const hexByte = (byte) => (byte < 16 ? '%0' : '%') + toUpper(numberText(byte, 16));
        const percentEncode = (text, pattern) => replace(wellFormed(text), pattern, (part) => {
            if (charCodeAt(part, 0) < 128) return hexByte(charCodeAt(part, 0));
            return encodeURIText(part);
        });
        // The standard's percent-encode sets; whatever is not ASCII belongs to each of them.
        const controlSet = /[\0-\x1f\x7f]|[^\0-\x7f]+/gu;
        const fragmentSet = /[\0-\x20"<>`\x7f]|[^\0-\x7f]+/gu;
        const querySet = /[\0-\x20"#<>\x7f]|[^\0-\x7f]+/gu;
        const specialQuerySet = /[\0-\x20"#<>'\x7f]|[^\0-\x7f]+/gu;
        const pathSet = /[\0-\x20"#<>?^`{}\x7f]|[^\0-\x7f]+/gu;
        const userSet = /[\0-\x20"#<>?^`{}/:;=@[\]\\|\x7f]|[^\0-\x7f]+/gu;
        class InvalidURL { constructor(reason) { this.reason = reason; } }
        const invalid = (reason) => { throw new InvalidURL(reason); };

        const parseIPv4 = (host) => {
            const labels = split(host, '.');
            if (labels.length > 1 && labels[labels.length - 1] === '') labels.length--;
            const last = labels[labels.length - 1];
            if (!test(/^(?:\d+|0x[\da-f]*)$/, last)) return null;
            if (labels.length > 4) invalid('an IPv4 address has at most four numbers');
            let address = 0;
            for (let i = 0; i < labels.length; i++) {
                const label = labels[i];
                const digits = test(/^0x/, label) ? slice(label, 2) : label;
                const radix = test(/^0x/, label) ? 16 : label.length > 1 && label[0] === '0' ? 8 : 10;
                const isNumber = radix === 16 ? test(/^[\da-f]*$/, digits) : radix === 8 ? test(/^[0-7]+$/, digits)
                    : test(/^\d+$/, digits);
                const value = !isNumber ? NaN : digits === '' ? 0 : parseInteger(digits, radix);
                const room = i < labels.length - 1 ? 256 : 256 ** (5 - labels.length);
                if (!(value < room)) invalid('the IPv4 address ' + host + ' is not valid');
                address += i < labels.length - 1 ? value * 256 ** (3 - i) : value;
            }
            const bytes = [];
            for (let i = 3; i >= 0; i--) push(bytes, floor(address / 256 ** i) % 256);
            return join(bytes, '.');
        };
        const parseIPv6 = (text) => {
            const wrong = () => invalid('the IPv6 address [' + text + '] is not valid');
            const piecesOf = (part) => {
                const pieces = [];
                if (part === '') return pieces;
                const words = split(part, ':');
                for (let i = 0; i < words.length; i++) {
                    const word = words[i];
                    if (i === words.length - 1 && indexOf(word, '.') >= 0) {
                        const bytes = split(word, '.');
                        if (bytes.length !== 4) wrong();
                        for (const byte of bytes) if (!test(/^(?:0|[1-9]\d{0,2})$/, byte) || +byte > 255) wrong();
                        push(pieces, bytes[0] * 256 + +bytes[1]);
                        push(pieces, bytes[2] * 256 + +bytes[3]);
                    } else {
                        if (!test(/^[\da-f]{1,4}$/i, word)) wrong();
                        push(pieces, parseInteger(word, 16));
                    }
                }
                return pieces;
            };
            const halves = split(text, '::');
            if (halves.length > 2) wrong();
            const pieces = piecesOf(halves[0]);
            if (halves.length === 2) {
                if (indexOf(halves[0], '.') >= 0) wrong();
                const tail = piecesOf(halves[1]);
                if (pieces.length + tail.length > 7) wrong();
                while (pieces.length + tail.length < 8) push(pieces, 0);
                for (const piece of tail) push(pieces, piece);
            }
            if (pieces.length !== 8) wrong();
            // The first of the longest runs of zeros is left out.
            let start = -1, length = 1;
            for (let i = 0; i < 8; i++) {
                let run = 0;
                while (i + run < 8 && pieces[i + run] === 0) run++;
                if (run > length) { start = i; length = run; }
            }
            let shown = '[';
            for (let i = 0; i < 8; i++) {
                if (i === start) { shown += i === 0 ? '::' : ':'; i += length - 1; continue; }
                shown += numberText(pieces[i], 16) + (i < 7 ? ':' : '');
            }
            return shown + ']';
        };
        const parseHost = (text, special) => {
            if (text[0] === '[') {
                if (text[text.length - 1] !== ']') invalid('the IPv6 address ' + text + ' is not closed');
                return parseIPv6(slice(text, 1, -1));
            }
            if (!special) {
                if (test(/[\0\t\n\r #/:<>?@[\\\]^|]/, text)) invalid('the host ' + quote(text) + ' has a forbidden character');
                return percentEncode(text, controlSet);
            }
            let host;
            try { host = decodeURIText(text); } catch { invalid('the host ' + quote(text) + ' is not UTF-8'); }
            if (test(/[^\0-\x7f]/, host)) {
                invalid('the host ' + quote(host) + ' is not ASCII, which is not supported here: write its xn-- form');
            }
            host = toLower(host);
            if (host === '') invalid('there is no host');
            if (test(/[\0-\x20#/:<>?@[\\\]^|%\x7f]/, host)) invalid('the host ' + quote(host) + ' has a forbidden character');
            return parseIPv4(host) ?? host;
        };
        const parsePort = (text, protocol) => {
            if (text === '') return '';
            if (!test(/^\d+$/, text) || +text > 65535) invalid('the port ' + quote(text) + ' is no number from 0 to 65535');
            const port = StringOf(+text);
            return port === specialPorts[protocol] ? '' : port;
        };
        const setAuthority = (url, text) => {
            const special = isSpecial(url.protocol);
            const at = lastIndexOf(text, '@');
            if (at >= 0) {
                const user = slice(text, 0, at), colon = indexOf(user, ':');
                url.username = percentEncode(colon < 0 ? user : slice(user, 0, colon), userSet);
                url.password = colon < 0 ? '' : percentEncode(slice(user, colon + 1), userSet);
                text = slice(text, at + 1);
                if (text === '') invalid('there is no host');
            }
            const port = exec(/:([^:\]]*)$/, text);
            if (port) {
                text = slice(text, 0, port.index);
                if (text === '') invalid('there is no host');
            }
            url.host = parseHost(text, special);
            url.port = port ? parsePort(port[1], url.protocol) : '';
        };
        const normalizePath = (text, url, folder) => {
            const special = isSpecial(url.protocol);
            const segments = folder;
            const parts = split(special ? replace(text, /\\/g, '/') : text, '/');
            for (let i = 0; i < parts.length; i++) {
                const isLast = i === parts.length - 1;
                if (test(/^(?:\.|%2e)$/i, parts[i])) {
                    if (isLast) push(segments, '');
                } else if (test(/^(?:\.|%2e){2}$/i, parts[i])) {
                    if (segments.length > 0) segments.length--;
                    if (isLast) push(segments, '');
                } else push(segments, percentEncode(parts[i], pathSet));
            }
            return '/' + join(segments, '/');
        };
        const foldersOf = (path) => {
            const segments = split(slice(path, 1), '/');
            segments.length--;
            return segments;
        };
        // A record of protocol, username, password, host (null where there is none), port, path, query and fragment
        // (null where there is none), and whether the path is opaque.
        const parseURL = (input, base) => {
            let rest = replace(replace(StringOf(input), /^[\0-\x20]+|[\0-\x20]+$/g, ''), /[\t\n\r]/g, '');
            const url = {
                __proto__: null, protocol: '', username: '', password: '', host: null, port: '', path: '', query: null,
                fragment: null, opaque: false,
            };
            const cut = (mark) => {
                const at = indexOf(rest, mark);
                if (at < 0) return null;
                const tail = slice(rest, at + 1);
                rest = slice(rest, 0, at);
                return tail;
            };
            const fragment = cut('#');
            if (fragment !== null) url.fragment = percentEncode(fragment, fragmentSet);
            const query = cut('?');
            const setQuery = () => {
                if (query !== null) {
                    url.query = percentEncode(query, isSpecial(url.protocol) ? specialQuerySet : querySet);
                }
            };
            const inherit = (...fields) => { for (const field of fields) url[field] = base[field]; };
            const scheme = exec(/^[a-z][a-z\d+.-]*:/i, rest);
            let isRelative = false;
            if (scheme) {
                url.protocol = toLower(scheme[0]);
                rest = slice(rest, scheme[0].length);
                if (url.protocol === 'file:') invalid('file: URLs are not supported here');
                isRelative = isSpecial(url.protocol) && base !== null && base.protocol === url.protocol
                    && !test(/^[/\\]{2}/, rest);
            } else {
                if (base === null) invalid('it has no scheme, such as https:, and no base was given');
                if (base.opaque) {
                    if (rest !== '' || query !== null || fragment === null) {
                        invalid('it is relative, and the base ' + base.protocol + ' has no path to start from');
                    }
                    inherit('protocol', 'path', 'query', 'opaque');
                    return url;
                }
                url.protocol = base.protocol;
                isRelative = true;
            }
            const special = isSpecial(url.protocol);
            setQuery();
            let hasAuthority = !isRelative && special || test(special ? /^[/\\]{2}/ : /^\/\//, rest);
            if (hasAuthority) {
                rest = replace(rest, !isRelative && special ? /^[/\\]*/ : special ? /^[/\\]{2,}/ : /^\/\//, '');
                const end = search(rest, special ? /[/\\]/ : /\//);
                setAuthority(url, end < 0 ? rest : slice(rest, 0, end));
                rest = end < 0 ? '' : slice(rest, end);
                url.path = rest === '' && !special ? '' : normalizePath(slice(rest, 1), url, []);
                return url;
            }
            if (isRelative) {
                inherit('username', 'password', 'host', 'port');
                if (test(special ? /^[/\\]/ : /^\//, rest)) {
                    url.path = normalizePath(slice(rest, 1), url, []);
                } else if (rest === '') {
                    url.path = base.path;
                    if (query === null) url.query = base.query;
                } else url.path = normalizePath(rest, url, foldersOf(base.path));
                return url;
            }
            if (rest[0] === '/') url.path = normalizePath(slice(rest, 1), url, []);
            else {
                url.opaque = true;
                url.path = percentEncode(rest, controlSet);
            }
            return url;
        };
        const hostText = (url) => url.host === null ? '' : url.host + (url.port === '' ? '' : ':' + url.port);
        const urlText = (url) => {
            let text = url.protocol;
            if (url.host !== null) {
                text += '//';
                if (url.username !== '' || url.password !== '') {
                    text += url.username + (url.password === '' ? '' : ':' + url.password) + '@';
                }
                text += hostText(url);
            } else if (!url.opaque && slice(url.path, 0, 2) === '//') text += '/.';
            return text + url.path + (url.query === null ? '' : '?' + url.query)
                + (url.fragment === null ? '' : '#' + url.fragment);
        };
        const tryParse = (input, base) => {
            try {
                return parseURL(input, base === undefined ? null : parseURL(base, null));
            } catch (error) {
                if (error instanceof InvalidURL) return error;
                throw error;
            }
        };
        let makeURL;
        class URL {
            #url;
            #params;
            constructor(input, base) {
                if (input === makeURL) { this.#url = base; return; }
                const url = tryParse(input, base);
                if (url instanceof InvalidURL) {
                    throw new TypeErrorOf('Invalid URL ' + quote(slice(wellFormed(StringOf(input)), 0, 200)) + ': ' + url.reason);
                }
                this.#url = url;
            }
            static canParse(input, base) { return !(tryParse(input, base) instanceof InvalidURL); }
            static parse(input, base) {
                const url = tryParse(input, base);
                return url instanceof InvalidURL ? null : new URL(makeURL, url);
            }
            get href() { return urlText(this.#url); }
            set href(value) {
                this.#url = new URL(value).#url;
                this.#refreshParams();
            }
            get origin() {
                const { protocol } = this.#url;
                return isSpecial(protocol) ? protocol + '//' + hostText(this.#url) : 'null';
            }
            get protocol() { return this.#url.protocol; }
            set protocol(value) {
                const scheme = exec(/^[a-z][a-z\d+.-]*(?=:|$)/i, StringOf(value));
                if (!scheme) return;
                const protocol = toLower(scheme[0]) + ':';
                if (protocol === 'file:' || isSpecial(protocol) !== isSpecial(this.#url.protocol)) return;
                this.#url.protocol = protocol;
                if (this.#url.port === specialPorts[protocol]) this.#url.port = '';
            }
            get username() { return this.#url.username; }
            set username(value) { if (this.#hasHost()) this.#url.username = percentEncode(StringOf(value), userSet); }
            get password() { return this.#url.password; }
            set password(value) { if (this.#hasHost()) this.#url.password = percentEncode(StringOf(value), userSet); }
            get host() { return hostText(this.#url); }
            set host(value) {
                const parts = exec(/^(\[[^\]]*\]|[^:/\\?#]*)(?::(\d*))?/, StringOf(value));
                this.#setHost(parts[1], parts[2]);
            }
            get hostname() { return this.#url.host ?? ''; }
            set hostname(value) {
                const parts = exec(/^(\[[^\]]*\]|[^:/\\?#]*)(:?)/, StringOf(value));
                if (parts[2] === '') this.#setHost(parts[1], undefined);
            }
            get port() { return this.#url.port; }
            set port(value) {
                if (!this.#hasHost()) return;
                const text = StringOf(value);
                const digits = exec(/^\d*/, text)[0];
                if (text !== '' && (digits === '' || +digits > 65535)) return;
                this.#url.port = parsePort(digits, this.#url.protocol);
            }
            get pathname() { return this.#url.path; }
            set pathname(value) {
                if (this.#url.opaque) return;
                const text = replace(StringOf(value), /[\t\n\r]/g, '');
                const special = isSpecial(this.#url.protocol);
                this.#url.path = text === '' && !special && this.#url.host !== null ? ''
                    : normalizePath(replace(text, special ? /^[/\\]/ : /^\//, ''), this.#url, []);
            }
            get search() { return this.#url.query === null || this.#url.query === '' ? '' : '?' + this.#url.query; }
            set search(value) {
                const text = replace(replace(StringOf(value), /[\t\n\r]/g, ''), /^\?/, '');
                const isEmpty = StringOf(value) === '';
                const set = isSpecial(this.#url.protocol) ? specialQuerySet : querySet;
                this.#url.query = isEmpty ? null : percentEncode(text, set);
                this.#refreshParams();
            }
            get searchParams() {
                if (this.#params === undefined) {
                    this.#params = new URLSearchParams(this.#url.query ?? '');
                    linkParams(this.#params, (text) => { this.#url.query = text === '' ? null : text; });
                }
                return this.#params;
            }
            get hash() {
                return this.#url.fragment === null || this.#url.fragment === '' ? '' : '#' + this.#url.fragment;
            }
            set hash(value) {
                const text = replace(replace(StringOf(value), /[\t\n\r]/g, ''), /^#/, '');
                this.#url.fragment = StringOf(value) === '' ? null : percentEncode(text, fragmentSet);
            }
            toString() { return this.href; }
            toJSON() { return this.href; }
            #hasHost() { return this.#url.host !== null && this.#url.host !== ''; }
            #refreshParams() { if (this.#params !== undefined) refillParams(this.#params, this.#url.query ?? ''); }
            #setHost(host, port) {
                if (this.#url.opaque) return;
                const special = isSpecial(this.#url.protocol);
                if (special && host === '') return;
                try {
                    this.#url.host = parseHost(host, special);
                    if (port !== undefined && port !== '' && +port <= 65535) this.#url.port = parsePort(port, this.#url.protocol);
                } catch (error) {
                    if (!(error instanceof InvalidURL)) throw error;
                    // A host that the standard would have taken must not be lost in silence.
                    if (test(/[^\0-\x7f]/, host)) throw new TypeErrorOf('Invalid host: ' + error.reason);
                }
            }
        }
        // What only this file can hand to the constructor: a URL that is parsed already.
        makeURL = freeze({ __proto__: null });

        """#
}
