// tries: overflowing the stack in a comparator that sorts
// contained: failure stackLimit
const compare = () => [2, 1].sort(compare)[0];
compare()
