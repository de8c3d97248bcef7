// x86-64 with AVX2 and FMA: 12 accumulators, 2 weights and 1 input fill the 16 registers.
#if defined(__x86_64__)
#include <immintrin.h>

#include "model.h"

#define FORWARD minilm_forward_avx2
#define UNROLLED 2
#define TILE_ROWS 6
#define KERNEL_HAS_FMA

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "vector.h"

INLINE i32x8 add_pairs(i32x8 sums, i16x16 a, i16x16 b) {
    return sums + (i32x8)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

#include "halves.h"
#include "kernel.h"
#pragma clang attribute pop
#endif
