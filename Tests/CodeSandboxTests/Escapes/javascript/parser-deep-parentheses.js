// tries: a hundred thousand parentheses around a number
// contained: failure stackLimit
// contained: failure syntaxError
// contained: failure exception
// let OPEN = 100000 * "("
// let CLOSE = 100000 * ")"
@OPEN@1@CLOSE@
