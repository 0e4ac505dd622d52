// tries: twenty thousand template literals, one in the other
// contained: failure stackLimit
// contained: failure syntaxError
// contained: failure exception
// let OPEN = 20000 * "`${"
// let CLOSE = 20000 * "}`"
@OPEN@1@CLOSE@
