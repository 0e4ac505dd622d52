// tries: an expression of a hundred thousand operators
// contained: value 100001
// contained: failure stackLimit
// contained: failure exception
// let PLUS = 100000 * "+1"
1@PLUS@
