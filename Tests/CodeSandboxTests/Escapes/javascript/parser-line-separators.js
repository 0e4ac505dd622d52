// tries: hiding code from a line count behind U+2028 and U+2029
// contained: failure exception "seen"
// let LS = 1 * "\u2028"
const text = 1; // @LS@throw new Error("seen")
