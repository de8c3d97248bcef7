// The model in plain fp32 C, as its authors wrote it in PyTorch. Slow, and read rather than run: tests compare the
// kernel with it. It shares no arithmetic with the kernel and uses the C library's exp, erf and sqrt.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

// One row of y = W x + b; W is [outputs][inputs]. Eight sums at a time, which the compiler turns into vectors.
static void linear_row(const float *weight, const float *bias, int outputs, int inputs, const float *x, float *y) {
    for (int o = 0; o < outputs; o++, weight += inputs) {
        float sums[8] = {bias[o]};
        for (int i = 0; i < inputs; i += 8)
            for (int j = 0; j < 8; j++) sums[j] += weight[i + j] * x[i + j];
        y[o] = sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
    }
}

static void layer_norm_row(const float *weight, const float *bias, float *x) {
    float mean = 0, variance = 0;
    for (int k = 0; k < WIDTH; k++) mean += x[k] / WIDTH;
    for (int k = 0; k < WIDTH; k++) variance += (x[k] - mean) * (x[k] - mean) / WIDTH;
    for (int k = 0; k < WIDTH; k++) x[k] = (x[k] - mean) / sqrtf(variance + 1e-12f) * weight[k] + bias[k];
}

// One token reads all tokens through one head. `projections` is [count][3 * WIDTH].
static void attend_row(const float *projections, int count, int token, int head, float *scores, float *context) {
    const int stride = 3 * WIDTH;
    const float *query = projections + token * stride + head * HEAD_WIDTH;
    float peak = -INFINITY, sum = 0;
    for (int t = 0; t < count; t++) {
        const float *key = projections + t * stride + WIDTH + head * HEAD_WIDTH;
        scores[t] = 0;
        for (int k = 0; k < HEAD_WIDTH; k++) scores[t] += query[k] * key[k];
        scores[t] /= sqrtf(HEAD_WIDTH);
        peak = fmaxf(peak, scores[t]);
    }
    for (int t = 0; t < count; t++) sum += scores[t] = expf(scores[t] - peak);
    memset(context, 0, HEAD_WIDTH * sizeof *context);
    for (int t = 0; t < count; t++) {
        const float *value = projections + t * stride + 2 * WIDTH + head * HEAD_WIDTH;
        for (int k = 0; k < HEAD_WIDTH; k++) context[k] += scores[t] / sum * value[k];
    }
}

// One encoder layer; `w` are its 16 tensors.
static void encode(
    const float *const *w, int count, float *states, float *projections, float *context, float *scores, float *inner) {
    for (int t = 0; t < count; t++)
        for (int part = 0; part < 3; part++)  // query, key, value
            linear_row(
                w[2 * part], w[2 * part + 1], WIDTH, WIDTH, states + t * WIDTH,
                projections + t * 3 * WIDTH + part * WIDTH);
    for (int t = 0; t < count; t++)
        for (int head = 0; head < HEADS; head++)
            attend_row(projections, count, t, head, scores, context + t * WIDTH + head * HEAD_WIDTH);
    for (int t = 0; t < count; t++) {
        float *x = states + t * WIDTH, y[WIDTH];
        linear_row(w[6], w[7], WIDTH, WIDTH, context + t * WIDTH, y);
        for (int k = 0; k < WIDTH; k++) x[k] += y[k];
        layer_norm_row(w[8], w[9], x);
        linear_row(w[10], w[11], INNER, WIDTH, x, inner);
        for (int k = 0; k < INNER; k++) inner[k] = inner[k] / 2 * (1 + erff(inner[k] / sqrtf(2)));
        linear_row(w[12], w[13], WIDTH, INNER, inner, y);
        for (int k = 0; k < WIDTH; k++) x[k] += y[k];
        layer_norm_row(w[14], w[15], x);
    }
}

minilm_status minilm_reference_embed(
    const float *const tensors[MINILM_TENSORS], const int32_t *tokens, int count, float *vector) {
    if (count < 1 || count > MINILM_MAX_TOKENS) return MINILM_BAD_INPUT;
    for (int t = 0; t < count; t++)
        if (tokens[t] < 0 || tokens[t] >= MINILM_VOCABULARY) return MINILM_BAD_INPUT;
    float *memory = calloc((size_t)count * 5 * WIDTH + MINILM_MAX_TOKENS + INNER, sizeof *memory);
    if (!memory) return MINILM_OUT_OF_MEMORY;
    float *states = memory, *projections = states + count * WIDTH, *context = projections + count * 3 * WIDTH;
    float *scores = context + count * WIDTH, *inner = scores + MINILM_MAX_TOKENS;

    for (int t = 0; t < count; t++) {
        for (int k = 0; k < WIDTH; k++)
            states[t * WIDTH + k] =
                tensors[0][(size_t)tokens[t] * WIDTH + k] + tensors[1][t * WIDTH + k] + tensors[2][k];
        layer_norm_row(tensors[3], tensors[4], states + t * WIDTH);
    }
    for (int layer = 0; layer < MINILM_LAYERS; layer++)
        encode(tensors + 5 + 16 * layer, count, states, projections, context, scores, inner);

    float squares = 0;
    memset(vector, 0, WIDTH * sizeof *vector);
    for (int t = 0; t < count; t++)
        for (int k = 0; k < WIDTH; k++) vector[k] += states[t * WIDTH + k] / count;
    for (int k = 0; k < WIDTH; k++) squares += vector[k] * vector[k];
    for (int k = 0; k < WIDTH; k++) vector[k] /= fmaxf(sqrtf(squares), 1e-12f);
    free(memory);
    return MINILM_OK;
}
