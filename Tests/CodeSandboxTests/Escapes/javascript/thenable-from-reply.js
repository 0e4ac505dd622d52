// tries: a reply that is a thenable only by its keys
// contained: value "string"
// reply: {"then":"not a function"}
const reply = await callAPI('x');
typeof reply.then
