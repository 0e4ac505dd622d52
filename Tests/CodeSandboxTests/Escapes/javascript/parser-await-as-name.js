// tries: await and yield as names, arguments in a static block
// contained: failure syntaxError
const await = 1;
