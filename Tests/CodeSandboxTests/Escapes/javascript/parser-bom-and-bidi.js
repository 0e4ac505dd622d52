// tries: text whose look is not its order: a BOM and bidirectional marks
// contained: value "user"
// let BOM = 1 * "\ufeff"
// let RLO = 1 * "\u202e"
// let PDI = 1 * "\u2066"
@BOM@const level = "user"; /*@RLO@ } if (isAdmin) @PDI@ begin admins only */
level
