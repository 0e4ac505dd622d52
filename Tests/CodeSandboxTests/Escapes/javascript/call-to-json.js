// tries: arguments whose toJSON puts something else in their place
// contained: value {"route":"x","arguments":"other"}
await callAPI('x', { toJSON: () => 'other' })
