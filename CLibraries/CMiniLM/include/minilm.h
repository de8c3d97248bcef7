// all-MiniLM-L6-v2 in C: token numbers in, one unit vector of 384 floats out.
//
// The linear layers multiply 16-bit integers and add up in 32 bits, which is exact; everything else is fp32 in a
// fixed order of operations. So a sequence gets the same bits on every path, in every thread, alone or among others.
#ifndef MINILM_H
#define MINILM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MINILM_DIMENSIONS = 384,      // floats of one vector
    MINILM_MAX_TOKENS = 512,      // rows of the position table; the model was trained on 256
    MINILM_VOCABULARY = 30522,    // rows of the word table
    MINILM_LAYERS = 6,
    MINILM_INNER = 1536,          // width of the feed-forward layer
    MINILM_TENSORS = 5 + MINILM_LAYERS * 16
};

typedef enum {
    MINILM_OK = 0,
    MINILM_OUT_OF_MEMORY,
    MINILM_BAD_WEIGHTS,      // a weight is infinite or not a number
    MINILM_BAD_INPUT,        // no token, more tokens than the scratch holds, or a token outside the vocabulary
    MINILM_UNAVAILABLE_PATH  // this processor cannot run the path asked for
} minilm_status;

// The same kernel, compiled for different processors. All give the same bits.
typedef enum {
    MINILM_PATH_PORTABLE = 0,  // any processor; on aarch64 this is NEON
    MINILM_PATH_AVX2 = 1,      // x86-64 with AVX2 and FMA
    MINILM_PATH_AVX512 = 2,    // x86-64 with AVX-512 VL, BW and VNNI
    MINILM_PATH_COUNT = 3
} minilm_path;

typedef struct minilm minilm;                  // read-only once made: any number of threads may share one
typedef struct minilm_scratch minilm_scratch;  // working memory of one thread

// Whether this processor can run `path`.
int minilm_path_is_available(minilm_path path);
// The fastest path that is available.
minilm_path minilm_best_path(void);
// A short name such as "avx2"; null for an unknown path.
const char *minilm_path_name(minilm_path path);

// Makes a model of `tensors`, all row-major fp32 as in the published file, in this order:
//   word, position, token type, LayerNorm weight, LayerNorm bias; then for each layer, weight before bias,
//   query, key, value, attention output, attention LayerNorm, intermediate, output, output LayerNorm.
// The word and position tables are kept by reference and must outlive the model; the rest is copied.
minilm_status minilm_create(const float *const tensors[MINILM_TENSORS], minilm **model);
// Frees `model`; null is fine.
void minilm_destroy(minilm *model);

// Makes working memory for sequences of at most `max_tokens` tokens (1...MINILM_MAX_TOKENS).
minilm_status minilm_scratch_create(int max_tokens, minilm_scratch **scratch);
// Frees `scratch`; null is fine.
void minilm_scratch_destroy(minilm_scratch *scratch);

// Embeds one sequence, [CLS] and [SEP] included, into `vector` (MINILM_DIMENSIONS floats, L2 norm 1).
minilm_status minilm_embed(
    const minilm *model, minilm_path path, const int32_t *tokens, int count, float *vector, minilm_scratch *scratch);

// The same pass in plain fp32 C with libm, twenty times slower: what tests compare the kernel with.
minilm_status minilm_reference_embed(
    const float *const tensors[MINILM_TENSORS], const int32_t *tokens, int count, float *vector);

#ifdef __cplusplus
}
#endif
#endif
