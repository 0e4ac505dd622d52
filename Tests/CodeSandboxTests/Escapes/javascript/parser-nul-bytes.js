// tries: zero bytes in the source text
// contained: failure syntaxError
// let NUL = 1 * "\u0000"
// sees: 
1;@NUL@ callAPI("x")
