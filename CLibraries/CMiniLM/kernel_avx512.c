// x86-64 with AVX-512 VL, BW and VNNI: one `vpdpwssd` multiplies a pair of inputs by a whole panel and adds; as many rows
// as there are registers for hide the 5 cycles that it takes.
#if defined(__x86_64__)
#include <immintrin.h>

#include "model.h"

#define FORWARD minilm_forward_avx512
#define TILE_ROWS 16
#define UNROLLED 1  // of two in a row the compiler makes three instructions of one each
#define KERNEL_HAS_FMA

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,avx512vnni"))), apply_to = function)
#include "vector.h"

typedef int32_t panel_sums __attribute__((ext_vector_type(16)));

INLINE panel_sums add_products(panel_sums sums, int32_t pair, const int16_t *weights) {
    return (panel_sums)_mm512_dpwssd_epi32((__m512i)sums, _mm512_set1_epi32(pair), _mm512_loadu_si512(weights));
}

#include "kernel.h"
#pragma clang attribute pop
#endif
