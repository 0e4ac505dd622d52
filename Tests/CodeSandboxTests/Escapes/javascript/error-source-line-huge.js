// tries: an error on a line whose letters carry a million marks
// contained: failure exception
// let MARKS = 1500000 * "\u0301"
throw 1; // a@MARKS@
