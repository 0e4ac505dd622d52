// tries: an identifier of a megabyte
// contained: value 1
// let NAME = 1000000 * "a"
const @NAME@ = 1;
@NAME@
