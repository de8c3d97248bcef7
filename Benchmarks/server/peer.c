// The limit that our server is compared with: the same bytes for the same questions, by libmicrohttpd and libmongoc alone.
//
// usage: peer PORT MONGODB_URI RECRUITER
//
// RECRUITER is the recruiter's 24 hexadecimal digits: whoever brings a bearer token is taken for them. It knows four
// operations by their names, reads no GraphQL, and reads of each document only what it shows. Four threads of
// libmicrohttpd block in libmongoc, each with a client of its own: cheaper than any hand-over between threads. Fewer than
// 128 connections: at multiples of that libmicrohttpd 0.9.75 waits although there is work.

#include <ctype.h>
#include <microhttpd.h>
#include <mongoc/mongoc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, PAGE = 25, DASHBOARD = 20, MAX_BODY = 1 << 16, RANGE = 500 };

static mongoc_client_pool_t *pool;
static char *database;
static bson_oid_t recruiter;
// Each thread keeps its client until the process ends.
static __thread mongoc_client_t *client;
static __thread mongoc_collection_t *jobs, *resumes, *score_counts;

// MARK: - Text

struct text {
    char *data;
    size_t count, capacity;
};

static void reserve(struct text *text, size_t more) {
    if (text->count + more <= text->capacity) return;
    text->capacity = 2 * text->capacity + more;
    text->data = realloc(text->data, text->capacity);
    if (!text->data) abort();
}

static void add_bytes(struct text *text, const char *bytes, size_t count) {
    reserve(text, count);
    memcpy(text->data + text->count, bytes, count);
    text->count += count;
}

static void add(struct text *text, const char *literal) { add_bytes(text, literal, strlen(literal)); }

static void add_int(struct text *text, int64_t value) {
    char digits[24];
    char *start = digits + sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do *--start = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) *--start = '-';
    add_bytes(text, start, (size_t)(digits + sizeof digits - start));
}

// The shortest decimal that reads as the same number; those that are shown here have few digits.
static void add_double(struct text *text, double value) {
    char digits[32];
    int count = snprintf(digits, sizeof digits, "%.15g", value);
    if (strtod(digits, NULL) != value) count = snprintf(digits, sizeof digits, "%.17g", value);
    add_bytes(text, digits, (size_t)count);
}

static void add_hundredths(struct text *text, int64_t value) {
    add_int(text, value / 100);
    int rest = (int)(value % 100);
    if (rest == 0) return;
    char digits[3] = {'.', (char)('0' + rest / 10), (char)('0' + rest % 10)};
    add_bytes(text, digits, digits[2] == '0' ? 2 : 3);
}

static void add_string(struct text *text, const char *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    reserve(text, 6 * count + 2);
    char *out = text->data + text->count;
    *out++ = '"';
    for (size_t place = 0; place < count; place++) {
        unsigned char byte = (unsigned char)bytes[place];
        if (byte == '"' || byte == '\\') {
            *out++ = '\\';
            *out++ = (char)byte;
        } else if (byte == '\n') {
            *out++ = '\\';
            *out++ = 'n';
        } else if (byte < 0x20) {
            memcpy(out, "\\u00", 4);
            out[4] = digits[byte >> 4];
            out[5] = digits[byte & 15];
            out += 6;
        } else {
            *out++ = (char)byte;
        }
    }
    *out++ = '"';
    text->count = (size_t)(out - text->data);
}

static void add_digits(char *out, int64_t value, int width) {
    for (int place = width - 1; place >= 0; place--, value /= 10) out[place] = (char)('0' + value % 10);
}

// RFC 3339 with milliseconds.
static void add_time(struct text *text, int64_t milliseconds) {
    time_t seconds = milliseconds / 1000;
    struct tm parts;
    gmtime_r(&seconds, &parts);
    char out[] = "\"0000-00-00T00:00:00.000Z\"";
    add_digits(out + 1, parts.tm_year + 1900, 4);
    add_digits(out + 6, parts.tm_mon + 1, 2);
    add_digits(out + 9, parts.tm_mday, 2);
    add_digits(out + 12, parts.tm_hour, 2);
    add_digits(out + 15, parts.tm_min, 2);
    add_digits(out + 18, parts.tm_sec, 2);
    add_digits(out + 21, milliseconds % 1000, 3);
    add_bytes(text, out, sizeof out - 1);
}

static void add_id(struct text *text, const char *kind, const bson_oid_t *id) {
    char hex[25];
    bson_oid_to_string(id, hex);
    add(text, "\"");
    add(text, kind);
    add_bytes(text, hex, 24);
    add(text, "\"");
}

static void add_cursor(struct text *text, const bson_oid_t *id, const char *key, size_t count) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[64] = {'r'};
    if (count > sizeof bytes - 14) count = sizeof bytes - 14;
    memcpy(bytes + 1, id->bytes, 12);
    bytes[13] = 's';
    memcpy(bytes + 14, key, count);
    uint32_t pending = 0;
    int bits = 0;
    reserve(text, 100);
    text->data[text->count++] = '"';
    for (size_t place = 0; place < count + 14; place++) {
        pending = pending << 8 | bytes[place];
        for (bits += 8; bits >= 6; bits -= 6) text->data[text->count++] = alphabet[pending >> (bits - 6) & 63];
    }
    if (bits) text->data[text->count++] = alphabet[pending << (6 - bits) & 63];
    text->data[text->count++] = '"';
}

// MARK: - Documents

static bool enter(const bson_iter_t *field, bson_iter_t *inside) { return bson_iter_recurse(field, inside); }

static void add_text_field(struct text *text, const char *name, const bson_iter_t *value) {
    add(text, name);
    uint32_t count;
    const char *bytes = value->raw ? bson_iter_utf8(value, &count) : NULL;
    if (bytes) add_string(text, bytes, count);
    else add(text, "null");
}

// The counters of a job, with the names that the schema has for them.
static void add_counters(struct text *text, const bson_iter_t *counters) {
    static const char *const stored[] = {"total", "queued", "completed", "failed", "passed", "rejected"};
    static const char *const shown[] = {
        "\"totalResumes\":",    ",\"queuedResumes\":", ",\"completedResumes\":",
        ",\"failedResumes\":",  ",\"passedResumes\":", ",\"rejectedResumes\":"};
    bson_iter_t field, entry;
    for (int place = 0; place < 6; place++) {
        add(text, shown[place]);
        add_int(text, enter(counters, &field) && bson_iter_find(&field, stored[place]) ? bson_iter_as_int64(&field) : 0);
    }
    add(text, ",\"scoreHistogram\":[");
    if (enter(counters, &field) && bson_iter_find(&field, "histogram") && enter(&field, &entry)) {
        for (bool is_first = true; bson_iter_next(&entry); is_first = false) {
            if (!is_first) add(text, ",");
            add_int(text, bson_iter_as_int64(&entry));
        }
    }
    add(text, "]");
}

static mongoc_cursor_t *find_by_id(mongoc_collection_t *collection, const bson_oid_t *id, const bson_t *options) {
    bson_t filter;
    bson_init(&filter);
    BSON_APPEND_OID(&filter, "_id", id);
    BSON_APPEND_OID(&filter, "recruiterId", &recruiter);
    mongoc_cursor_t *cursor = mongoc_collection_find_with_opts(collection, &filter, options, NULL);
    bson_destroy(&filter);
    return cursor;
}

// MARK: - Answers

static bson_t *job_options, *page_options, *dashboard_options, *poll_options, *count_options;

struct row {
    bson_t *document;
    int64_t score;
};

// How many of the job's completed resumes score higher than each row, and one.
static void find_ranks(const char *job, const struct row *rows, int count, int64_t *ranks) {
    bson_t filter, list;
    bson_t ids;
    char key[32], index[8];
    int64_t ranges[PAGE], used = 0;
    bson_init(&filter);
    bson_append_document_begin(&filter, "_id", -1, &list);
    bson_append_array_begin(&list, "$in", -1, &ids);
    BSON_APPEND_UTF8(&ids, "0", job);
    for (int row = 0; row < count; row++) {
        int64_t range = rows[row].score / RANGE;
        ranks[row] = 1;
        int place = 0;
        while (place < used && ranges[place] != range) place++;
        if (place < used) continue;
        ranges[used++] = range;
        snprintf(key, sizeof key, "%s:%d", job, (int)range);
        snprintf(index, sizeof index, "%d", (int)used);
        BSON_APPEND_UTF8(&ids, index, key);
    }
    bson_append_array_end(&list, &ids);
    bson_append_document_end(&filter, &list);
    mongoc_cursor_t *cursor = mongoc_collection_find_with_opts(score_counts, &filter, count_options, NULL);
    const bson_t *document;
    while (mongoc_cursor_next(cursor, &document)) {
        bson_iter_t field, entry;
        if (!bson_iter_init_find(&field, document, "_id")) continue;
        const char *id = bson_iter_utf8(&field, NULL);
        bool is_top = strlen(id) == 24;
        int64_t range = is_top ? 0 : atoi(id + 25);
        if (!bson_iter_init_find(&field, document, "counts") || !enter(&field, &entry)) continue;
        while (bson_iter_next(&entry)) {
            int64_t number = atoi(bson_iter_key(&entry)), more = bson_iter_as_int64(&entry);
            for (int row = 0; row < count; row++) {
                if (is_top ? number > rows[row].score / RANGE : range == rows[row].score / RANGE && number > rows[row].score)
                    ranks[row] += more;
            }
        }
    }
    mongoc_cursor_destroy(cursor);
    bson_destroy(&filter);
}

static void add_row(struct text *text, const struct row *row, int64_t rank, int64_t revision) {
    bson_iter_t field, part, inside, profile = {0}, explanation = {0}, name = {0}, passed = {0}, summary = {0};
    bson_iter_t candidate = {0}, place = {0}, years = {0}, skills = {0};
    const bson_oid_t *id = NULL;
    int64_t processed = 0, scored = 0;
    bson_iter_init(&field, row->document);
    while (bson_iter_next(&field)) {
        const char *key = bson_iter_key(&field);
        if (!strcmp(key, "_id")) id = bson_iter_oid(&field);
        else if (!strcmp(key, "processedAt")) processed = bson_iter_date_time(&field);
        else if (!strcmp(key, "file") && enter(&field, &part)) { if (bson_iter_find(&part, "name")) name = part; }
        else if (!strcmp(key, "result") && enter(&field, &part)) {
            while (bson_iter_next(&part)) {
                key = bson_iter_key(&part);
                if (!strcmp(key, "passFail")) passed = part;
                else if (!strcmp(key, "jobRevision")) scored = bson_iter_as_int64(&part);
                else if (!strcmp(key, "profile")) profile = part;
                else if (!strcmp(key, "explanation")) explanation = part;
            }
        }
    }
    if (profile.raw && enter(&profile, &inside)) {
        while (bson_iter_next(&inside)) {
            const char *key = bson_iter_key(&inside);
            if (!strcmp(key, "name")) candidate = inside;
            else if (!strcmp(key, "location")) place = inside;
            else if (!strcmp(key, "yearsExperience")) years = inside;
            else if (!strcmp(key, "skills")) skills = inside;
        }
    }
    if (explanation.raw && enter(&explanation, &inside) && bson_iter_find(&inside, "summary")) summary = inside;
    add(text, "{\"id\":");
    add_id(text, "resume_", id);
    add_text_field(text, ",\"passFail\":", &passed);
    add(text, ",\"finalScore\":");
    add_hundredths(text, row->score);
    add(text, ",\"finalRank\":");
    add_int(text, rank);
    add(text, scored < revision ? ",\"stale\":true" : ",\"stale\":false");
    add(text, ",\"processedAt\":");
    add_time(text, processed);
    add_text_field(text, ",\"file\":{\"name\":", &name);
    add_text_field(text, "},\"profile\":{\"name\":", &candidate);
    add_text_field(text, ",\"location\":", &place);
    add(text, ",\"yearsExperience\":");
    if (years.raw) add_double(text, bson_iter_double(&years));
    else add(text, "null");
    add(text, ",\"skills\":[");
    if (skills.raw && enter(&skills, &inside)) {
        for (bool is_first = true; bson_iter_next(&inside); is_first = false) {
            bson_iter_t skill;
            if (!is_first) add(text, ",");
            if (enter(&inside, &skill) && bson_iter_find(&skill, "name")) add_text_field(text, "{\"name\":", &skill);
            add(text, "}");
        }
    }
    add_text_field(text, "]},\"explanation\":{\"summary\":", &summary);
    add(text, "}}");
}

static void answer_page(struct text *text, const char *hex) {
    bson_oid_t job;
    bson_oid_init_from_string(&job, hex);
    mongoc_cursor_t *cursor = find_by_id(jobs, &job, job_options);
    const bson_t *document;
    bson_iter_t field, counters;
    int64_t revision = 0, total = 0;
    if (mongoc_cursor_next(cursor, &document)) {
        if (bson_iter_init_find(&field, document, "revision")) revision = bson_iter_as_int64(&field);
        if (bson_iter_init_find(&field, document, "counters") && enter(&field, &counters)
            && bson_iter_find(&counters, "total"))
            total = bson_iter_as_int64(&counters);
    }
    mongoc_cursor_destroy(cursor);
    bson_t filter;
    bson_init(&filter);
    BSON_APPEND_OID(&filter, "jobId", &job);
    BSON_APPEND_OID(&filter, "recruiterId", &recruiter);
    cursor = mongoc_collection_find_with_opts(resumes, &filter, page_options, NULL);
    bson_destroy(&filter);
    struct row rows[PAGE + 1];
    int64_t ranks[PAGE];
    int count = 0;
    while (count <= PAGE && mongoc_cursor_next(cursor, &document)) {
        rows[count].document = bson_copy(document);
        rows[count].score = 0;
        bson_iter_t found;
        if (bson_iter_init_find(&field, document, "result") && enter(&field, &found) && bson_iter_find(&found, "finalScore"))
            rows[count].score = bson_iter_as_int64(&found);
        count++;
    }
    mongoc_cursor_destroy(cursor);
    int shown = count > PAGE ? PAGE : count;
    find_ranks(hex, rows, shown, ranks);
    add(text, "{\"data\":{\"job\":{\"resumes\":{\"totalCount\":");
    add_int(text, total);
    add(text, ",\"pageInfo\":{\"hasNextPage\":");
    add(text, count > PAGE ? "true" : "false");
    add(text, ",\"endCursor\":");
    bson_iter_t key;
    if (shown > 0 && bson_iter_init_find(&field, rows[shown - 1].document, "_id")
        && bson_iter_init_find(&key, rows[shown - 1].document, "rankKey")) {
        uint32_t length;
        const char *bytes = bson_iter_utf8(&key, &length);
        add_cursor(text, bson_iter_oid(&field), bytes, length);
    } else {
        add(text, "null");
    }
    add(text, "},\"nodes\":[");
    for (int row = 0; row < shown; row++) {
        if (row > 0) add(text, ",");
        add_row(text, &rows[row], ranks[row], revision);
    }
    add(text, "]}}}}");
    for (int row = 0; row < count; row++) bson_destroy(rows[row].document);
}

static void answer_dashboard(struct text *text) {
    bson_t filter;
    bson_init(&filter);
    BSON_APPEND_OID(&filter, "recruiterId", &recruiter);
    mongoc_cursor_t *cursor = mongoc_collection_find_with_opts(jobs, &filter, dashboard_options, NULL);
    bson_destroy(&filter);
    add(text, "{\"data\":{\"jobs\":{\"nodes\":[");
    const bson_t *document;
    for (bool is_first = true; mongoc_cursor_next(cursor, &document); is_first = false) {
        bson_iter_t field;
        if (!is_first) add(text, ",");
        add(text, "{\"id\":");
        if (bson_iter_init_find(&field, document, "_id")) add_id(text, "job_", bson_iter_oid(&field));
        if (bson_iter_init_find(&field, document, "title")) add_text_field(text, ",\"title\":", &field);
        if (bson_iter_init_find(&field, document, "status")) add_text_field(text, ",\"status\":", &field);
        add(text, ",");
        if (bson_iter_init_find(&field, document, "counters")) add_counters(text, &field);
        add(text, ",\"lastUpdatedAt\":");
        if (bson_iter_init_find(&field, document, "lastUpdatedAt")) add_time(text, bson_iter_date_time(&field));
        add(text, "}");
    }
    mongoc_cursor_destroy(cursor);
    add(text, "]}}}");
}

static void answer_poll(struct text *text, const char *hex) {
    bson_oid_t job;
    bson_oid_init_from_string(&job, hex);
    mongoc_cursor_t *cursor = find_by_id(jobs, &job, poll_options);
    const bson_t *document;
    bson_iter_t field;
    if (mongoc_cursor_next(cursor, &document)) {
        add(text, "{\"data\":{\"job\":{");
        if (bson_iter_init_find(&field, document, "counters")) add_counters(text, &field);
        add(text, ",\"lastUpdatedAt\":");
        if (bson_iter_init_find(&field, document, "lastUpdatedAt")) add_time(text, bson_iter_date_time(&field));
        add(text, "}}}");
    } else {
        add(text, "{\"data\":{\"job\":null}}");
    }
    mongoc_cursor_destroy(cursor);
}

static bson_t *options(const char *json) {
    bson_error_t error;
    bson_t *options = bson_new_from_json((const uint8_t *)json, -1, &error);
    if (!options) {
        fprintf(stderr, "peer: %s\n", error.message);
        exit(1);
    }
    return options;
}

static void prepare_options(void) {
    job_options = options("{\"limit\":1,\"projection\":{\"revision\":1,\"counters.total\":1}}");
    page_options = options(
        "{\"sort\":{\"rankKey\":1,\"_id\":1},\"hint\":{\"jobId\":1,\"rankKey\":1,\"_id\":1},\"limit\":26,\"projection\":{"
        "\"rankKey\":1,\"processedAt\":1,\"file.name\":1,\"result.passFail\":1,\"result.finalScore\":1,"
        "\"result.jobRevision\":1,\"result.profile.name\":1,\"result.profile.location\":1,"
        "\"result.profile.yearsExperience\":1,\"result.profile.skills.name\":1,\"result.explanation.summary\":1}}");
    dashboard_options = options(
        "{\"sort\":{\"lastUpdatedAt\":-1,\"_id\":-1},\"hint\":{\"recruiterId\":1,\"lastUpdatedAt\":1,\"_id\":1},\"limit\":20,"
        "\"projection\":{\"title\":1,\"status\":1,\"counters\":1,\"lastUpdatedAt\":1}}");
    poll_options = options("{\"limit\":1,\"projection\":{\"counters\":1,\"lastUpdatedAt\":1}}");
    count_options = options("{\"projection\":{\"counts\":1}}");
}

// MARK: - Requests

struct request {
    size_t count;
    char body[MAX_BODY];
};

static void connect_thread(void) {
    if (client) return;
    client = mongoc_client_pool_pop(pool);
    jobs = mongoc_client_get_collection(client, database, "jobs");
    resumes = mongoc_client_get_collection(client, database, "resumes");
    score_counts = mongoc_client_get_collection(client, database, "scoreCounts");
}

// The 24 digits after `job_`, or NULL.
static const char *job_of(struct request *request) {
    char *found = strstr(request->body, "\"job_");
    if (!found || strlen(found) < 29) return NULL;
    found += 5;
    for (int place = 0; place < 24; place++) {
        if (!isxdigit((unsigned char)found[place])) return NULL;
    }
    found[24] = 0;
    return found;
}

static unsigned answer(struct request *request, struct text *text) {
    request->body[request->count] = 0;
    if (strstr(request->body, "__typename")) {
        add(text, "{\"data\":{\"__typename\":\"Query\"}}");
        return 200;
    }
    connect_thread();
    if (strstr(request->body, "query Dashboard")) {
        answer_dashboard(text);
        return 200;
    }
    bool is_page = strstr(request->body, "query Ranked") != NULL;
    const char *job = job_of(request);
    if (!job) return 400;
    if (is_page) answer_page(text, job);
    else answer_poll(text, job);
    return 200;
}

static enum MHD_Result handle(
    void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **state) {
    (void)context, (void)url, (void)method, (void)version;
    struct request *request = *state;
    if (!request) {
        *state = request = malloc(sizeof *request);
        if (!request) return MHD_NO;
        request->count = 0;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        if (request->count + *upload_size >= MAX_BODY) return MHD_NO;
        memcpy(request->body + request->count, upload, *upload_size);
        request->count += *upload_size;
        *upload_size = 0;
        return MHD_YES;
    }
    const char *token = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
    struct text text = {malloc(32768), 0, 32768};
    unsigned status = token && !strncmp(token, "Bearer ", 7) ? answer(request, &text) : 401;
    struct MHD_Response *response = MHD_create_response_from_buffer(text.count, text.data, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, "Content-Type", "application/json; charset=utf-8");
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static void finish(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
    (void)context, (void)connection, (void)code;
    free(*state);
    *state = NULL;
}

int main(int count, char **arguments) {
    if (count != 4 || !bson_oid_is_valid(arguments[3], strlen(arguments[3]))) {
        fprintf(stderr, "usage: peer PORT MONGODB_URI RECRUITER\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    mongoc_init();
    bson_error_t error;
    mongoc_uri_t *uri = mongoc_uri_new_with_error(arguments[2], &error);
    if (!uri) {
        fprintf(stderr, "peer: %s\n", error.message);
        return 2;
    }
    database = strdup(mongoc_uri_get_database(uri) ? mongoc_uri_get_database(uri) : "shortlist");
    pool = mongoc_client_pool_new(uri);
    bson_oid_init_from_string(&recruiter, arguments[3]);
    prepare_options();
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)atoi(arguments[1]), NULL, NULL, handle, NULL, MHD_OPTION_NOTIFY_COMPLETED, finish,
        NULL, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, 120u, MHD_OPTION_END);
    if (!daemon) {
        perror("peer");
        return 1;
    }
    sigset_t stops;
    int signal_number;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    sigwait(&stops, &signal_number);
    return 0;
}
