// The sums of a panel in two vectors of 8 lanes, for processors whose registers hold no more.
//
// Included after defining
//   add_pairs(s, a, b)    i32x8: s plus, in each of 8 lanes, the two products of a 16-bit pair of a and of b

typedef struct {
    i32x8 lo, hi;
} panel_sums;

INLINE panel_sums add_products(panel_sums sums, int32_t pair, const int16_t *weights) {
    i16x16 inputs = (i16x16)(i32x8)(pair);
    return (panel_sums){
        add_pairs(sums.lo, inputs, *(const i16x16_anywhere *)weights),
        add_pairs(sums.hi, inputs, *(const i16x16_anywhere *)(weights + 16)),
    };
}
