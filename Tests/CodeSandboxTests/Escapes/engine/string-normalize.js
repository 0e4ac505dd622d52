// tries: normalising and casing text that grows
// contained: value "done"
for (const c of ['\ufdfa', '\u0390', '\u1e9b\u0323', '\ud800']) { const t = c.repeat(20000); t.normalize('NFKD').length; t.normalize('NFC'); t.toUpperCase().toLowerCase().length; }
'done'
