// tries: transferring inside the length argument of transfer, resize and slice
// contained: value "survived"
const make = () => new ArrayBuffer(1024, { maxByteLength: 4096 });
for (const method of ['transfer', 'transferToFixedLength', 'resize', 'slice']) {
    const buffer = make();
    try { buffer[method]({ valueOf() { buffer.transfer(); return 4096; } }, { valueOf() { return 1e9; } }); } catch {}
    const other = make();
    try { other[method](0, { valueOf() { other.resize(0); return 900; } }); } catch {}
    try { make()[method](2 ** 53); } catch {}
}
class Sly extends ArrayBuffer { static get [Symbol.species]() { return function () { return small; }; } }
const small = new ArrayBuffer(1, { maxByteLength: 1 });
try { new Sly(1024).slice(0, 1024); } catch {}
"survived"
