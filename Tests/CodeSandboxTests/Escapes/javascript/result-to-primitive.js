// tries: values whose conversion to text misbehaves
// contained: value {"a":"[object Object]","b":{}}
const sly = { [Symbol.toPrimitive]() { throw new Error("no"); } };
({ a: String({}), b: sly })
