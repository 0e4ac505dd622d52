// tries: decoding a view that lies about its buffer, offset and length
// contained: value "decoded"
const view = new Uint8Array([65, 66]);
Object.defineProperty(view, 'byteLength', { value: 1e9 });
Object.defineProperty(view, 'byteOffset', { value: -5 });
for (const bytes of [view, new Proxy(view, {}), { buffer: 1 }, 1e12, -1, new DataView(new ArrayBuffer(2))]) { try { new TextDecoder().decode(bytes); } catch {} }
"decoded"
