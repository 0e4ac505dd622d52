// tries: lookbehinds of lookaheads of captures over surrogates
// contained: value "done"
for (const source of ['(?<=(?=(.)\\1)\\1{2})x', '(?<!(?<=(?<!a+)b+)c*)$', '(?<=\\p{L}(?!.*(?<=z)))\\b', '(?=(?<=(a|ab|abc)+))\\1']) {
    for (const flags of ['', 'u', 'v', 'iu', 'sy', 'dgim']) { try { const r = new RegExp(source, flags); r.lastIndex = 3; r.exec('ab\ud83d\ude00cab\ud83d' + 'x'.repeat(50)); } catch {} }
}
"done"
