// Any processor, in plain C with vector extensions: SSE2 on old x86-64, NEON on aarch64.
#include "model.h"

#define FORWARD minilm_forward_portable
#define UNROLLED 2
#if defined(__aarch64__)
#define KERNEL_HAS_FMA
#define TILE_ROWS 4  // 16 of 32 registers of 4 lanes
#else
#define TILE_ROWS 2  // 8 of 16 registers of 4 lanes
#endif

// Vectors wider than the registers are passed in memory. No such function survives: all are inlined.
#pragma clang diagnostic ignored "-Wpsabi"
#include "vector.h"

INLINE i32x8 add_pairs(i32x8 sums, i16x16 a, i16x16 b) {
#if defined(__x86_64__)
    typedef short pairs __attribute__((vector_size(16)));  // every x86-64 has SSE2
    i32x8 products;
    products.lo = (i32x4)__builtin_ia32_pmaddwd128((pairs)a.lo, (pairs)b.lo);
    products.hi = (i32x4)__builtin_ia32_pmaddwd128((pairs)a.hi, (pairs)b.hi);
    return sums + products;
#else
    i32x8 even = __builtin_convertvector(a.even, i32x8) * __builtin_convertvector(b.even, i32x8);
    i32x8 odd = __builtin_convertvector(a.odd, i32x8) * __builtin_convertvector(b.odd, i32x8);
    return sums + (even + odd);
#endif
}

#include "halves.h"
#include "kernel.h"
