// tries: returning a thenable that calls back many times
// contained: value {"plain":1}
let calls = 0;
const thenable = { then(resolve, reject) { calls++; resolve({ plain: 1 }); resolve(2); reject(3); throw new Error('late'); } };
await thenable
