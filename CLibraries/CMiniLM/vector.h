// Eight floats at a time, in clang's vector extensions: the same source on every processor.
//
// Included by kernel.h only, once per path. Each operation below is one IEEE 754 operation per lane, or a fixed
// sequence of them, so every path gets the same bits. No function of libm is used but the exact fma of `multiply_add`.

#pragma clang fp contract(off)  // a * b + c is two operations unless it says multiply_add

typedef float f32x8 __attribute__((ext_vector_type(8)));
typedef double f64x8 __attribute__((ext_vector_type(8)));
typedef int32_t i32x4 __attribute__((ext_vector_type(4)));
typedef int32_t i32x8 __attribute__((ext_vector_type(8)));
typedef int64_t i64x8 __attribute__((ext_vector_type(8)));
typedef int16_t i16x8 __attribute__((ext_vector_type(8)));
typedef int16_t i16x16 __attribute__((ext_vector_type(16)));
typedef f32x8 f32x8_anywhere __attribute__((aligned(4), may_alias));
typedef i32x8 i32x8_anywhere __attribute__((aligned(4), may_alias));
typedef i16x8 i16x8_anywhere __attribute__((aligned(2), may_alias));
typedef i16x16 i16x16_anywhere __attribute__((aligned(2), may_alias));

#define INLINE static inline __attribute__((always_inline))

INLINE f32x8 load(const float *p) { return *(const f32x8_anywhere *)p; }
INLINE void store(float *p, f32x8 v) { *(f32x8_anywhere *)p = v; }
INLINE f32x8 splat(float x) { return (f32x8)(x); }
INLINE f32x8 larger(f32x8 a, f32x8 b) { return a > b ? a : b; }
INLINE f32x8 smaller(f32x8 a, f32x8 b) { return a < b ? a : b; }
INLINE f32x8 from_bits(i32x8 v) { return (f32x8)v; }
INLINE i32x8 bits(f32x8 v) { return (i32x8)v; }
INLINE f32x8 magnitude(f32x8 v) { return from_bits(bits(v) & 0x7fffffff); }

// a * b + c, rounded once.
INLINE f32x8 multiply_add(f32x8 a, f32x8 b, f32x8 c) {
#if defined(KERNEL_HAS_FMA)
    return __builtin_elementwise_fma(a, b, c);
#else
    // In double the product is exact; the sum is rounded to odd, which makes the second rounding, to float, right
    // (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
    f64x8 product = __builtin_convertvector(a, f64x8) * __builtin_convertvector(b, f64x8);
    f64x8 addend = __builtin_convertvector(c, f64x8);
    f64x8 sum = product + addend;
    f64x8 part = sum - product;
    f64x8 error = (product - (sum - part)) + (addend - part);
    i64x8 pattern = (i64x8)sum;
    i64x8 inexact_and_even = (error != 0.0) & ((pattern & 1) == 0);
    // One step towards the exact value: up in magnitude if the error has the sum's sign, else down.
    i64x8 step = 1 | ((pattern ^ (i64x8)error) >> 63);
    return __builtin_convertvector((f64x8)(pattern + (inexact_and_even & step)), f32x8);
#endif
}

// Adds the lanes, as a tree: 4 + 4, 2 + 2, 1 + 1.
INLINE float sum_of_lanes(f32x8 v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

INLINE float largest_lane(f32x8 v) {
    v = larger(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3));
    v = larger(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5));
    return v[0] > v[1] ? v[0] : v[1];
}

// 1.5 * 2^23. Added to a float below 2^22 in magnitude it leaves the nearest integer, ties to even, in the low bits.
#define ROUNDING_SHIFT 12582912.0f

// e^x for x <= 0; below -87 the result stays at e^-87. Error below 2 units in the last place (polynomial of Cephes).
INLINE f32x8 exponential(f32x8 x) {
    x = larger(x, splat(-87.0f));
    f32x8 shifted = multiply_add(x, splat(1.44269504088896341f), splat(ROUNDING_SHIFT));
    f32x8 power = shifted - ROUNDING_SHIFT;
    f32x8 rest = multiply_add(power, splat(-0.693359375f), x);  // ln 2 in two parts
    rest = multiply_add(power, splat(2.12194440e-4f), rest);
    f32x8 p = splat(1.9875691500e-4f);
    p = multiply_add(p, rest, splat(1.3981999507e-3f));
    p = multiply_add(p, rest, splat(8.3334519073e-3f));
    p = multiply_add(p, rest, splat(4.1665795894e-2f));
    p = multiply_add(p, rest, splat(1.6666665459e-1f));
    p = multiply_add(p, rest, splat(5.0000001201e-1f));
    p = multiply_add(p, rest * rest, rest + 1.0f);
    return p * from_bits((bits(shifted) + 127) << 23);  // the shift drops the bits of ROUNDING_SHIFT
}

// The error function, by the rational approximation that Eigen uses; it is 1 to the last bit from 4 on.
INLINE f32x8 error_function(f32x8 x) {
    x = larger(smaller(x, splat(4.0f)), splat(-4.0f));
    f32x8 z = x * x;
    f32x8 p = splat(-2.72614225801306e-10f);
    p = multiply_add(p, z, splat(2.77068142495902e-08f));
    p = multiply_add(p, z, splat(-2.10102402082508e-06f));
    p = multiply_add(p, z, splat(-5.69250639462346e-05f));
    p = multiply_add(p, z, splat(-7.34990630326855e-04f));
    p = multiply_add(p, z, splat(-2.95459980854025e-03f));
    p = multiply_add(p, z, splat(-1.60960333262415e-02f));
    f32x8 q = splat(-1.45660718464996e-05f);
    q = multiply_add(q, z, splat(-2.13374055278905e-04f));
    q = multiply_add(q, z, splat(-1.68282697438203e-03f));
    q = multiply_add(q, z, splat(-7.37332916720468e-03f));
    q = multiply_add(q, z, splat(-1.42647390514189e-02f));
    return x * p / q;
}

// GELU as BERT has it: x / 2 * (1 + erf(x / sqrt 2)).
INLINE f32x8 gelu(f32x8 x) {
    f32x8 half = x * 0.5f;
    return multiply_add(half, error_function(x * 0.70710678118654752f), half);
}
