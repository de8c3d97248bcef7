// x86-64 with AVX-512 VL, BW and VNNI. The source is that of AVX2: the compiler itself joins the multiplication and the
// addition of `add_products` to one `vpdpwssd`, and has 32 registers to place the sums in.
#if defined(__x86_64__)
#include <immintrin.h>

#include "model.h"

#define FORWARD minilm_forward_avx512
#define TILE_ROWS 8
#define KERNEL_HAS_FMA

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,avx512vnni"))), apply_to = function)
#include "vector.h"

INLINE i32x8 add_products(i32x8 sums, i16x16 a, i16x16 b) {
    return sums + (i32x8)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

#include "kernel.h"
#pragma clang attribute pop
#endif
