// tries: ten thousand arrow functions, one in the other
// contained: failure stackLimit
// contained: failure syntaxError
// contained: failure exception
// contained: value null
// contained: failure unserializableResult
// let ARROWS = 10000 * "()=>"
const f = @ARROWS@1;
null
