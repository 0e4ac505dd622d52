// tries: unicode sets, properties of strings and inverted classes
// contained: value "done"
for (const source of ['[\\p{L}--[a-z]&&[^\\q{abc|d|}]]', '[\\p{RGI_Emoji}--\\q{😀}]+', '[^\\P{Lowercase}]', '[[[[a]--[b]]&&[c]]--[[d]]]', '[\\q{' + 'ab|'.repeat(5000) + '}]', '['.repeat(3000) + ']'.repeat(3000)]) {
    for (const flags of ['v', 'vi', 'u']) { try { new RegExp(source, flags).exec('aÄ😀ß'); } catch {} }
}
"done"
