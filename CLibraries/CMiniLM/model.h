// What the parts of the kernel share: sizes, the packed model, the layout of the scratch.
#ifndef MINILM_MODEL_H
#define MINILM_MODEL_H

#include "minilm.h"

enum {
    WIDTH = MINILM_DIMENSIONS,
    INNER = MINILM_INNER,
    HEADS = 12,
    HEAD_WIDTH = WIDTH / HEADS,
    PANEL = 16,       // output columns computed together: two vectors of 8 lanes
    BLOCK_ROWS = 48,  // tokens taken through a linear layer together, so that their activations stay in the L2 cache
    MAX_TILE_ROWS = 16
};

// Rows of weights and of activations are scaled to this L2 norm at most before they are rounded to 16 bits.
// By Cauchy and Schwarz no dot product, nor any part of one, then exceeds 46,000^2, which is below 2^31. Rounding
// adds at most sqrt(INNER) / 2 < 20 to a norm, and 46,020^2 is still below 2^31: a sum in 32 bits never overflows.
#define QUANTISED_NORM 46000.0f
#define QUANTISED_MAX 32767.0f

// One linear layer, y = W x + b, with W rounded to 16 bits row by row.
//
// `weights` holds panels of 16 outputs. In a panel two inputs of each output lie together, since the processor
// multiplies and adds 16-bit pairs:  [output / 16][input / 2][output % 16][input % 2].
typedef struct {
    int16_t *weights;
    float *scales;  // per output: what one unit of the integer sum is worth in W
    float *biases;
} linear;

typedef struct {
    linear query_key_value;  // stacked: 1152 outputs; queries already divided by sqrt(HEAD_WIDTH)
    linear attention_output;
    linear intermediate;
    linear output;
    float *attention_norm_weight, *attention_norm_bias;
    float *output_norm_weight, *output_norm_bias;
} encoder_layer;

struct minilm {
    const float *words;      // [vocabulary][WIDTH], borrowed
    const float *positions;  // [MAX_TOKENS][WIDTH], borrowed
    float *token_type;       // [WIDTH]: every token is of type 0
    float *norm_weight, *norm_bias;
    encoder_layer layers[MINILM_LAYERS];
    void *arena;  // owns all of the above but the borrowed tables
};

// n is the token count rounded up to a whole panel.
struct minilm_scratch {
    int max_tokens;
    float *states;         // [n][WIDTH]: the residual stream
    float *projections;    // [n][3 * WIDTH]: queries, keys, values of all heads
    float *context;        // [n][WIDTH]: what attention read
    float *inner;          // [BLOCK_ROWS][INNER]
    int16_t *quantised;    // the rows that are being multiplied: [BLOCK_ROWS][INNER] or [n][HEAD_WIDTH]
    linear keys, values;   // of one head: n outputs of HEAD_WIDTH inputs, HEAD_WIDTH outputs of n inputs
    float *query_units;    // [n]
    float *scores;         // [MAX_TILE_ROWS][n]
    int16_t *weights;      // [MAX_TILE_ROWS][n]: softmax of the scores
    void *arena;           // owns all of the above
};

static inline int whole_panels(int n) { return (n + PANEL - 1) / PANEL * PANEL; }

// The forward pass of one path. `count` and `tokens` have been checked.
typedef void forward_pass(const minilm *, const int32_t *tokens, int count, float *vector, minilm_scratch *);
forward_pass minilm_forward_portable;
#if defined(__x86_64__)
forward_pass minilm_forward_avx2;
forward_pass minilm_forward_avx512;
#endif

#endif
