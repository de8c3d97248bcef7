// The forward pass, written once. Each kernel_*.c includes it after defining
//   FORWARD               the name of the function it exports
//   TILE_ROWS             rows computed together, as many as fit its registers (at most MAX_TILE_ROWS)
//   KERNEL_HAS_FMA        if the processor multiplies and adds in one instruction
//   UNROLLED              so many pairs of inputs at a time
//   panel_sums            16 integers, the outputs of a panel; `lo` and `hi` are 8 each
//   add_products(s, x, w) panel_sums: s plus, for each output, the two products of the pair x and of that output's at w
// and inside a `#pragma clang attribute` that names the processor. Neither tiles nor instructions change a result:
// sums of integers are exact, and every fp32 value is computed by the same operations in the same order.

enum epilogue { PLAIN, WITH_GELU, ONTO_TARGET };

// ---- products of matrices, in integers ----

// What a row is multiplied by before it is rounded to 16 bits; see QUANTISED_NORM.
INLINE float quantisation_scale(float peak, float norm) {
    float by_peak = QUANTISED_MAX / (peak > 1e-20f ? peak : 1e-20f);
    float by_norm = QUANTISED_NORM / (norm > 1e-20f ? norm : 1e-20f);
    return by_peak < by_norm ? by_peak : by_norm;
}

// Rounds to integers, which are left in the low 16 bits of each lane.
INLINE i32x8 rounded(f32x8 x) { return bits(x + ROUNDING_SHIFT); }

INLINE void store_rounded(int16_t *to, f32x8 x) {
    *(i16x8_anywhere *)to = __builtin_convertvector(rounded(x), i16x8);  // keeps the low 16 bits
}

// Rounds rows of `depth` floats to 16 bits, each with its own scale; `units` gets what 1 is worth in each row.
INLINE void quantise(int rows, int depth, const float *from, int stride, int16_t *to, float *units) {
    for (int r = 0; r < rows; r++, from += stride, to += depth) {
        f32x8 most = splat(0), squares = splat(0);
        for (int k = 0; k < depth; k += 8) {
            f32x8 x = load(from + k);
            most = larger(most, magnitude(x));
            squares = multiply_add(x, x, squares);
        }
        float scale = quantisation_scale(largest_lane(most), __builtin_sqrtf(sum_of_lanes(squares)));
        units[r] = 1.0f / scale;
        for (int k = 0; k < depth; k += 8) store_rounded(to + k, load(from + k) * scale);
    }
}

// Two neighbouring inputs of one row.
INLINE int32_t pair(const int16_t *p) {
    int32_t pair;
    __builtin_memcpy(&pair, p, sizeof pair);
    return pair;
}

// Quantised rows, `stride` apart; `units` is what 1 is worth in each.
typedef struct {
    const int16_t *values;
    int stride;
    const float *units;
} quantised_rows;

// `rows` rows times one panel: 16 outputs from `column` on.
INLINE void multiply_tile(
    const int rows, const int depth, quantised_rows inputs, const linear *layer, int column, float *target, int stride,
    const enum epilogue epilogue) {
    const int16_t *panel = layer->weights + (size_t)column * depth;
    panel_sums sums[MAX_TILE_ROWS];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r] = (panel_sums){};
#pragma clang loop unroll_count(UNROLLED)
    for (int k = 0; k < depth; k += 2) {
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++)
            sums[r] = add_products(sums[r], pair(inputs.values + r * inputs.stride + k), panel + k * PANEL);
    }
    f32x8 scale0 = load(layer->scales + column), scale1 = load(layer->scales + column + 8);
    f32x8 bias0 = load(layer->biases + column), bias1 = load(layer->biases + column + 8);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        float *to = target + r * stride + column;
        f32x8 y0 = multiply_add(__builtin_convertvector(sums[r].lo, f32x8), scale0 * inputs.units[r], bias0);
        f32x8 y1 = multiply_add(__builtin_convertvector(sums[r].hi, f32x8), scale1 * inputs.units[r], bias1);
        if (epilogue == WITH_GELU) y0 = gelu(y0), y1 = gelu(y1);
        if (epilogue == ONTO_TARGET) y0 += load(to), y1 += load(to + 8);
        store(to, y0), store(to + 8, y1);
    }
}

// All outputs of `rows` rows. A panel of weights stays in the L1 cache while the rows pass it, tile by tile.
INLINE void multiply(
    int rows, int outputs, const int depth, quantised_rows inputs, const linear *layer, float *target, int stride,
    const enum epilogue epilogue) {
    for (int column = 0; column < outputs; column += PANEL) {
        int r = 0;
#define TILE(height)                                                                                         \
    multiply_tile(                                                                                           \
        height, depth, (quantised_rows){inputs.values + r * inputs.stride, inputs.stride, inputs.units + r}, \
        layer, column, target + r * stride, stride, epilogue),                                               \
        r += height
        while (r + TILE_ROWS <= rows) TILE(TILE_ROWS);
        if (TILE_ROWS > 8 && rows - r >= 8) TILE(8);
        if (rows - r >= 4) TILE(4);
        if (rows - r >= 2) TILE(2);
        if (rows - r >= 1) TILE(1);
#undef TILE
    }
}

// One function a shape, for at most BLOCK_ROWS rows, so that the compiler knows depth and epilogue.
#define LINEAR(name, outputs, depth, epilogue)                                                               \
    __attribute__((noinline)) static void name(                                                              \
        const linear *layer, int rows, const float *inputs, float *target, int16_t *quantised) {             \
        float units[BLOCK_ROWS];                                                                             \
        quantise(rows, depth, inputs, depth, quantised, units);                                              \
        multiply(                                                                                            \
            rows, outputs, depth, (quantised_rows){quantised, depth, units}, layer, target, outputs, epilogue); \
    }
LINEAR(project, 3 * WIDTH, WIDTH, PLAIN)
LINEAR(add_attention, WIDTH, WIDTH, ONTO_TARGET)
LINEAR(expand, INNER, WIDTH, WITH_GELU)
LINEAR(add_contraction, WIDTH, INNER, ONTO_TARGET)
#undef LINEAR

// ---- attention: two linear layers whose weights are the keys and the values of one head ----

// Scores of a row: outputs are tokens, inputs the head's 32 columns. The bias hides tokens past the end.
INLINE void pack_keys(int count, const float *from, minilm_scratch *scratch) {
    const linear keys = scratch->keys;
    quantise(count, HEAD_WIDTH, from, 3 * WIDTH, scratch->quantised, keys.scales);
    for (int token = 0; token < whole_panels(count); token++) {
        int16_t *to = keys.weights + token / PANEL * PANEL * HEAD_WIDTH + token % PANEL * 2;
        const int16_t *row = scratch->quantised + token * HEAD_WIDTH;
        if (token >= count) keys.scales[token] = 0;
        keys.biases[token] = token < count ? 0 : -1e30f;
        for (int k = 0; k < HEAD_WIDTH; k += 2, to += PANEL * 2)
            __builtin_memcpy(to, row + k, 2 * sizeof *to);
    }
}

// What a row reads: outputs are the head's columns, inputs are tokens, as many as `even_count`.
INLINE void pack_values(int count, int even_count, const float *from, minilm_scratch *scratch) {
    const linear values = scratch->values;
    const int stride = 3 * WIDTH;
    for (int column = 0; column < HEAD_WIDTH; column += 8, from += 8) {
        f32x8 most = splat(0), squares = splat(0), scales;
        for (int token = 0; token < count; token++) {
            f32x8 x = load(from + token * stride);
            most = larger(most, magnitude(x));
            squares = multiply_add(x, x, squares);
        }
        for (int lane = 0; lane < 8; lane++)
            scales[lane] = quantisation_scale(most[lane], __builtin_sqrtf(squares[lane]));
        store(values.scales + column, splat(1) / scales);
        int16_t *to = values.weights + (size_t)(column / PANEL * PANEL) * even_count + column % PANEL * 2;
        for (int token = 0; token < even_count; token += 2, to += PANEL * 2) {
            f32x8 first = load(from + token * stride);
            f32x8 second = token + 1 < count ? load(from + (token + 1) * stride) : splat(0);
            *(i32x8_anywhere *)to = (rounded(first * scales) & 0xffff) | (rounded(second * scales) << 16);
        }
    }
}

// Softmax of one row of scores, rounded to 16 bits; returns what 1 is worth.
//
// No weight exceeds 1, so the L2 norm of the row is at most the root of its sum.
INLINE float weigh(float *scores, int columns, int16_t *weights) {
    f32x8 most = load(scores), sums = splat(0);
    for (int k = 8; k < columns; k += 8) most = larger(most, load(scores + k));
    f32x8 peak = splat(largest_lane(most));
    for (int k = 0; k < columns; k += 8) {
        f32x8 weight = exponential(load(scores + k) - peak);
        store(scores + k, weight);
        sums += weight;
    }
    float sum = sum_of_lanes(sums);
    float scale = quantisation_scale(1, __builtin_sqrtf(sum));
    for (int k = 0; k < columns; k += 8) store_rounded(weights + k, load(scores + k) * scale);
    return 1.0f / (scale * sum);
}

// What every token reads through one head: softmax(queries * keys) * values.
__attribute__((noinline)) static void attend(int count, int head, minilm_scratch *scratch) {
    const int stride = 3 * WIDTH, columns = whole_panels(count), even_count = count + count % 2;
    const float *queries = scratch->projections + head * HEAD_WIDTH;
    float *context = scratch->context + head * HEAD_WIDTH;
    pack_keys(count, queries + WIDTH, scratch);
    pack_values(count, even_count, queries + 2 * WIDTH, scratch);
    quantise(count, HEAD_WIDTH, queries, stride, scratch->quantised, scratch->query_units);
    for (int first = 0; first < count; first += TILE_ROWS) {
        int rows = count - first < TILE_ROWS ? count - first : TILE_ROWS;
        quantised_rows inputs = {
            scratch->quantised + first * HEAD_WIDTH, HEAD_WIDTH, scratch->query_units + first};
        multiply(rows, columns, HEAD_WIDTH, inputs, &scratch->keys, scratch->scores, columns, PLAIN);
        float units[TILE_ROWS];
        for (int r = 0; r < rows; r++)
            units[r] = weigh(scratch->scores + r * columns, columns, scratch->weights + r * columns);
        quantised_rows weights = {scratch->weights, columns, units};
        multiply(rows, HEAD_WIDTH, even_count, weights, &scratch->values, context + first * WIDTH, WIDTH, PLAIN);
    }
}

// ---- the rest ----

INLINE void layer_norm(float *row, const float *weight, const float *bias) {
    f32x8 sum = splat(0), squares = splat(0);
    for (int k = 0; k < WIDTH; k += 8) sum += load(row + k);
    float mean = sum_of_lanes(sum) / WIDTH;
    for (int k = 0; k < WIDTH; k += 8) {
        f32x8 difference = load(row + k) - mean;
        squares = multiply_add(difference, difference, squares);
    }
    float factor = 1.0f / __builtin_sqrtf(sum_of_lanes(squares) / WIDTH + 1e-12f);
    for (int k = 0; k < WIDTH; k += 8)
        store(row + k, multiply_add((load(row + k) - mean) * factor, load(weight + k), load(bias + k)));
}

INLINE void look_up(const minilm *model, const int32_t *tokens, int count, float *states) {
    for (int r = 0; r < count; r++, states += WIDTH) {
        const float *word = model->words + (size_t)tokens[r] * WIDTH, *position = model->positions + r * WIDTH;
        for (int k = 0; k < WIDTH; k += 8)
            store(states + k, (load(word + k) + load(model->token_type + k)) + load(position + k));
        layer_norm(states, model->norm_weight, model->norm_bias);
    }
}

// The mean over the tokens, scaled to length 1.
INLINE void pool(int count, const float *states, float *vector) {
    f32x8 mean[WIDTH / 8], squares = splat(0);
    for (int i = 0; i < WIDTH / 8; i++) mean[i] = splat(0);
    for (int r = 0; r < count; r++)
        for (int i = 0; i < WIDTH / 8; i++) mean[i] += load(states + r * WIDTH + 8 * i);
    for (int i = 0; i < WIDTH / 8; i++) {
        mean[i] *= 1.0f / (float)count;
        squares = multiply_add(mean[i], mean[i], squares);
    }
    float norm = __builtin_sqrtf(sum_of_lanes(squares));
    float factor = 1.0f / (norm > 1e-12f ? norm : 1e-12f);
    for (int i = 0; i < WIDTH / 8; i++) store(vector + 8 * i, mean[i] * factor);
}

void FORWARD(const minilm *model, const int32_t *tokens, int count, float *vector, minilm_scratch *scratch) {
    look_up(model, tokens, count, scratch->states);
    for (const encoder_layer *layer = model->layers; layer < model->layers + MINILM_LAYERS; layer++) {
        for (int first = 0; first < count; first += BLOCK_ROWS) {
            int rows = count - first < BLOCK_ROWS ? count - first : BLOCK_ROWS;
            project(
                &layer->query_key_value, rows, scratch->states + first * WIDTH,
                scratch->projections + first * 3 * WIDTH, scratch->quantised);
        }
        for (int head = 0; head < HEADS; head++) attend(count, head, scratch);
        for (int first = 0; first < count; first += BLOCK_ROWS) {
            int rows = count - first < BLOCK_ROWS ? count - first : BLOCK_ROWS;
            float *states = scratch->states + first * WIDTH;
            add_attention(
                &layer->attention_output, rows, scratch->context + first * WIDTH, states, scratch->quantised);
            for (int r = 0; r < rows; r++)
                layer_norm(states + r * WIDTH, layer->attention_norm_weight, layer->attention_norm_bias);
            expand(&layer->intermediate, rows, states, scratch->inner, scratch->quantised);
            add_contraction(&layer->output, rows, scratch->inner, states, scratch->quantised);
            for (int r = 0; r < rows; r++)
                layer_norm(states + r * WIDTH, layer->output_norm_weight, layer->output_norm_bias);
        }
    }
    pool(count, scratch->states, vector);
}
