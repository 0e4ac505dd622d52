// tries: iterator helpers whose sources return themselves
// contained: value "survived"
for (const helper of ['map', 'filter', 'take', 'drop', 'flatMap']) {
    const source = { __proto__: Iterator.prototype, n: 0, next() { if (this.n++ === 2) { try { made.next(); made.return(); } catch {} } return { done: this.n > 5, value: this }; }, return() { made.return(); return {}; } };
    let made;
    try { made = source[helper](helper === 'take' || helper === 'drop' ? 3 : () => [source]); for (let i = 0; i < 10; i++) made.next(); made.return(); } catch {}
}
"survived"
