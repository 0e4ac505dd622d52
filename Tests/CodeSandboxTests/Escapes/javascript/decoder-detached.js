// tries: decoding bytes whose buffer is gone or shrinks meanwhile
// contained: value "decoded"
const gone = new Uint8Array(1e6); gone.buffer.transfer();
try { new TextDecoder().decode(gone); } catch {}
const buffer = new ArrayBuffer(1e5, { maxByteLength: 1e5 });
const shrinking = new Uint8Array(buffer);
const decoder = new TextDecoder('utf-8', { get fatal() { buffer.resize(0); return true; } });
try { decoder.decode(shrinking); } catch {}
"decoded"
