// tries: a hundred thousand brackets, one in the other
// contained: failure stackLimit
// contained: failure syntaxError
// contained: failure exception
// let OPEN = 100000 * "["
// let CLOSE = 100000 * "]"
@OPEN@@CLOSE@
