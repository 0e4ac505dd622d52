// tries: a search whose options overwrite the query, and a route inside the arguments
// contained: value [{"query":"mine"},{"route":"a","arguments":{"route":"b"}}]
[await searchTools('mine', { query: 'other', __proto__: { polluted: 1 } }), await callAPI('a', { route: 'b' })]
