// Packs the published weights, hands out scratch, and sends each sequence down the path asked for.
#include "minilm.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

// ---- paths ----

int minilm_path_is_available(minilm_path path) {
    switch (path) {
    case MINILM_PATH_PORTABLE: return 1;
#if defined(__x86_64__)
    case MINILM_PATH_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case MINILM_PATH_AVX512:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx512f") &&
            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
            __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni");
#endif
    default: return 0;
    }
}

minilm_path minilm_best_path(void) {
    int path = MINILM_PATH_COUNT - 1;
    while (!minilm_path_is_available((minilm_path)path)) path--;
    return (minilm_path)path;
}

const char *minilm_path_name(minilm_path path) {
    switch (path) {
    case MINILM_PATH_PORTABLE: return "portable";
    case MINILM_PATH_AVX2: return "avx2";
    case MINILM_PATH_AVX512: return "avx512";
    default: return NULL;
    }
}

static forward_pass *forward_pass_of(minilm_path path) {
    if (!minilm_path_is_available(path)) return NULL;
    switch (path) {
    case MINILM_PATH_PORTABLE: return minilm_forward_portable;
#if defined(__x86_64__)
    case MINILM_PATH_AVX2: return minilm_forward_avx2;
    case MINILM_PATH_AVX512: return minilm_forward_avx512;
#endif
    default: return NULL;
    }
}

// ---- memory: one allocation, cut into pieces ----

// Where the next piece begins. With a null base it only counts, so the same code measures and lays out.
typedef struct {
    char *base;
    size_t used;
} arena;

static void *take(arena *arena, size_t count, size_t size) {
    enum { CACHE_LINE = 64 };
    char *piece = arena->base ? arena->base + arena->used : NULL;
    arena->used += (count * size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    return piece;
}

static float *take_floats(arena *arena, size_t count) { return take(arena, count, sizeof(float)); }

static linear take_linear(arena *arena, int outputs, int inputs) {
    return (linear){
        .weights = take(arena, (size_t)outputs * inputs, sizeof(int16_t)),
        .scales = take_floats(arena, outputs),
        .biases = take_floats(arena, outputs),
    };
}

static void lay_out_model(minilm *model, arena *arena) {
    model->token_type = take_floats(arena, WIDTH);
    model->norm_weight = take_floats(arena, WIDTH);
    model->norm_bias = take_floats(arena, WIDTH);
    for (encoder_layer *layer = model->layers; layer < model->layers + MINILM_LAYERS; layer++) {
        layer->query_key_value = take_linear(arena, 3 * WIDTH, WIDTH);
        layer->attention_output = take_linear(arena, WIDTH, WIDTH);
        layer->intermediate = take_linear(arena, INNER, WIDTH);
        layer->output = take_linear(arena, WIDTH, INNER);
        layer->attention_norm_weight = take_floats(arena, WIDTH);
        layer->attention_norm_bias = take_floats(arena, WIDTH);
        layer->output_norm_weight = take_floats(arena, WIDTH);
        layer->output_norm_bias = take_floats(arena, WIDTH);
    }
}

static void lay_out_scratch(minilm_scratch *scratch, arena *arena) {
    size_t n = whole_panels(scratch->max_tokens);
    scratch->states = take_floats(arena, n * WIDTH);
    scratch->projections = take_floats(arena, n * 3 * WIDTH);
    scratch->context = take_floats(arena, n * WIDTH);
    scratch->inner = take_floats(arena, BLOCK_ROWS * INNER);
    scratch->quantised = take(arena, BLOCK_ROWS * INNER, sizeof(int16_t));
    scratch->keys = take_linear(arena, n, HEAD_WIDTH);
    scratch->values = take_linear(arena, HEAD_WIDTH, n);
    scratch->query_units = take_floats(arena, n);
    scratch->scores = take_floats(arena, n * MAX_TILE_ROWS);
    scratch->weights = take(arena, n * MAX_TILE_ROWS, sizeof(int16_t));
}

_Static_assert(BLOCK_ROWS * INNER >= MINILM_MAX_TOKENS * HEAD_WIDTH, "the queries of a head fit into `quantised`");

// ---- packing ----

static bool is_finite(const float *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    return true;
}

static bool copy_floats(float *to, const float *from, size_t count) {
    memcpy(to, from, count * sizeof *to);
    return is_finite(from, count);
}

// What a row of weights is multiplied by before rounding: as much as 16 bits and the bound on the norm allow.
static double quantisation_scale(const float *row, int count) {
    double squares = 1e-30, peak = 1e-20;
    for (int k = 0; k < count; k++) {
        squares += (double)row[k] * row[k];
        if (fabs(row[k]) > peak) peak = fabs(row[k]);
    }
    double by_peak = (double)QUANTISED_MAX / peak, by_norm = (double)QUANTISED_NORM / sqrt(squares);
    return by_peak < by_norm ? by_peak : by_norm;
}

// Fills outputs `first`... of `layer` from W [outputs][inputs] and b; both are multiplied by `factor`.
static bool pack_linear(
    linear *layer, int first, const float *weight, const float *bias, int outputs, int inputs, float factor) {
    if (!is_finite(weight, (size_t)outputs * inputs) || !is_finite(bias, outputs)) return false;
    for (int o = 0; o < outputs; o++) {
        const float *row = weight + (size_t)o * inputs;
        double scale = quantisation_scale(row, inputs);
        int column = first + o;
        int16_t *to = layer->weights + (size_t)(column / PANEL) * PANEL * inputs + column % PANEL * 2;
        for (int k = 0; k < inputs; k++) to[k / 2 * PANEL * 2 + k % 2] = (int16_t)lrint(row[k] * scale);
        layer->scales[column] = (float)(factor / scale);
        layer->biases[column] = bias[o] * factor;
    }
    return true;
}

static bool pack_layer(encoder_layer *layer, const float *const *w) {
    const float query_factor = 0.17677669529663688f;  // 1 / sqrt(HEAD_WIDTH)
    linear *stacked = &layer->query_key_value;
    return pack_linear(stacked, 0, w[0], w[1], WIDTH, WIDTH, query_factor) &&
        pack_linear(stacked, WIDTH, w[2], w[3], WIDTH, WIDTH, 1) &&
        pack_linear(stacked, 2 * WIDTH, w[4], w[5], WIDTH, WIDTH, 1) &&
        pack_linear(&layer->attention_output, 0, w[6], w[7], WIDTH, WIDTH, 1) &&
        copy_floats(layer->attention_norm_weight, w[8], WIDTH) &&
        copy_floats(layer->attention_norm_bias, w[9], WIDTH) &&
        pack_linear(&layer->intermediate, 0, w[10], w[11], INNER, WIDTH, 1) &&
        pack_linear(&layer->output, 0, w[12], w[13], WIDTH, INNER, 1) &&
        copy_floats(layer->output_norm_weight, w[14], WIDTH) && copy_floats(layer->output_norm_bias, w[15], WIDTH);
}

static bool pack_model(minilm *model, const float *const *tensors) {
    model->words = tensors[0];
    model->positions = tensors[1];
    if (!is_finite(model->words, (size_t)MINILM_VOCABULARY * WIDTH)) return false;
    if (!is_finite(model->positions, (size_t)MINILM_MAX_TOKENS * WIDTH)) return false;
    if (!copy_floats(model->token_type, tensors[2], WIDTH)) return false;
    if (!copy_floats(model->norm_weight, tensors[3], WIDTH) || !copy_floats(model->norm_bias, tensors[4], WIDTH))
        return false;
    for (int i = 0; i < MINILM_LAYERS; i++)
        if (!pack_layer(&model->layers[i], tensors + 5 + 16 * i)) return false;
    return true;
}

// ---- the interface ----

minilm_status minilm_create(const float *const tensors[MINILM_TENSORS], minilm **result) {
    *result = NULL;
    minilm *model = calloc(1, sizeof *model);
    if (!model) return MINILM_OUT_OF_MEMORY;
    arena arena = {0};
    lay_out_model(model, &arena);
    model->arena = arena.base = aligned_alloc(64, arena.used);
    arena.used = 0;
    minilm_status status = MINILM_OUT_OF_MEMORY;
    if (model->arena) {
        lay_out_model(model, &arena);
        status = pack_model(model, tensors) ? MINILM_OK : MINILM_BAD_WEIGHTS;
    }
    if (status != MINILM_OK) {
        minilm_destroy(model);
        return status;
    }
    *result = model;
    return MINILM_OK;
}

void minilm_destroy(minilm *model) {
    if (!model) return;
    free(model->arena);
    free(model);
}

minilm_status minilm_scratch_create(int max_tokens, minilm_scratch **result) {
    *result = NULL;
    if (max_tokens < 1 || max_tokens > MINILM_MAX_TOKENS) return MINILM_BAD_INPUT;
    minilm_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return MINILM_OUT_OF_MEMORY;
    scratch->max_tokens = max_tokens;
    arena arena = {0};
    lay_out_scratch(scratch, &arena);
    scratch->arena = arena.base = aligned_alloc(64, arena.used);
    arena.used = 0;
    if (!scratch->arena) {
        free(scratch);
        return MINILM_OUT_OF_MEMORY;
    }
    lay_out_scratch(scratch, &arena);
    memset(scratch->values.biases, 0, HEAD_WIDTH * sizeof(float));
    *result = scratch;
    return MINILM_OK;
}

void minilm_scratch_destroy(minilm_scratch *scratch) {
    if (!scratch) return;
    free(scratch->arena);
    free(scratch);
}

minilm_status minilm_embed(
    const minilm *model, minilm_path path, const int32_t *tokens, int count, float *vector, minilm_scratch *scratch) {
    forward_pass *forward = forward_pass_of(path);
    if (!forward) return MINILM_UNAVAILABLE_PATH;
    if (count < 1 || count > scratch->max_tokens) return MINILM_BAD_INPUT;
    for (int i = 0; i < count; i++)
        if (tokens[i] < 0 || tokens[i] >= MINILM_VOCABULARY) return MINILM_BAD_INPUT;
    forward(model, tokens, count, vector, scratch);
    return MINILM_OK;
}
