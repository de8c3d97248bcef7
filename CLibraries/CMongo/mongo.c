#include "CMongo.h"

#include <mongoc/mongoc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct mongo_pool {
    mongoc_uri_t *uri;
    mongoc_client_pool_t *pool;
    atomic_uint_fast64_t commands;
    atomic_uint_fast64_t failed_commands;
};

struct mongo_client {
    mongoc_client_t *client;
    mongoc_client_session_t *session; // NULL outside transactions
    bool is_replicated;
};

struct mongo_cursor {
    mongoc_cursor_t *cursor; // NULL where all rows came with the first answer
    // The first answer, and the row that is next.
    bson_t reply;
    bson_iter_t rows;
    // Why there is no first answer.
    mongo_failure failure;
};

struct mongo_watch {
    mongoc_change_stream_t *stream;
};

static void drop_log(mongoc_log_level_t level, const char *domain, const char *message, void *context) {
    (void)level;
    (void)domain;
    (void)message;
    (void)context;
}

void mongo_start(void) {
    mongoc_init();
    mongoc_log_set_handler(drop_log, NULL);
}

/// The library, when it is loaded, opens shared memory under the process's number for counters that nobody reads here.
/// Its name goes at once: a process that is killed would leave it, and the next of that number would be told so on
/// standard error.
__attribute__((constructor)) static void drop_name_of_counters(void) {
    char name[32];
    snprintf(name, sizeof name, "/mongoc-%u", (unsigned)getpid());
    shm_unlink(name);
}

void mongo_bytes_free(mongo_bytes bytes) { free(bytes.data); }

static void report(mongo_failure *failure, const bson_error_t *error, const bson_t *reply) {
    failure->domain = error->domain;
    failure->code = error->code ? error->code : 1;
    failure->is_transient = reply && mongoc_error_has_label(reply, "TransientTransactionError");
    snprintf(failure->message, sizeof failure->message, "%s", error->message);
}

static void report_text(mongo_failure *failure, const char *text) {
    memset(failure, 0, sizeof *failure);
    failure->code = 1;
    snprintf(failure->message, sizeof failure->message, "%s", text);
}

/// Bytes as a document that is not copied. An absent one is empty. False where the bytes are no BSON.
static bool view(bson_t *document, const uint8_t *data, size_t count) {
    static const uint8_t empty[5] = {5, 0, 0, 0, 0};
    if (!data) return bson_init_static(document, empty, sizeof empty);
    return bson_init_static(document, data, count);
}

/// A copy of the options, with the session of a transaction that is under way. Freed with `bson_destroy`.
static bool options_with_session(mongo_client *client, bson_t *out, const uint8_t *data, size_t count, bson_error_t *error) {
    bson_t options;
    if (!view(&options, data, count)) {
        bson_set_error(error, 0, 1, "the options are no BSON document");
        bson_init(out);
        return false;
    }
    bson_copy_to(&options, out);
    return !client->session || mongoc_client_session_append(client->session, out, error);
}

static void count_command(const mongoc_apm_command_started_t *event) {
    mongo_pool *pool = mongoc_apm_command_started_get_context(event);
    atomic_fetch_add_explicit(&pool->commands, 1, memory_order_relaxed);
}

static void count_failed_command(const mongoc_apm_command_failed_t *event) {
    mongo_pool *pool = mongoc_apm_command_failed_get_context(event);
    atomic_fetch_add_explicit(&pool->failed_commands, 1, memory_order_relaxed);
}

uint64_t mongo_pool_commands(mongo_pool *pool) { return atomic_load_explicit(&pool->commands, memory_order_relaxed); }

uint64_t mongo_pool_failed_commands(mongo_pool *pool) {
    return atomic_load_explicit(&pool->failed_commands, memory_order_relaxed);
}

mongo_pool *mongo_pool_make(
    const char *text, const char *application, uint32_t max_clients, int32_t socket_milliseconds, mongo_failure *failure) {
    bson_error_t error = {0};
    memset(failure, 0, sizeof *failure);
    mongoc_uri_t *uri = mongoc_uri_new_with_error(text, &error);
    if (!uri) {
        report(failure, &error, NULL);
        return NULL;
    }
    mongoc_uri_set_option_as_int32(uri, MONGOC_URI_MAXPOOLSIZE, (int32_t)max_clients);
    mongoc_uri_set_appname(uri, application);
    if (!mongoc_uri_has_option(uri, MONGOC_URI_SOCKETTIMEOUTMS)) {
        mongoc_uri_set_option_as_int32(uri, MONGOC_URI_SOCKETTIMEOUTMS, socket_milliseconds);
    }
    // Whatever the URI says: what was acknowledged survives a crash and the loss of a member.
    mongoc_write_concern_t *concern = mongoc_write_concern_new();
    mongoc_write_concern_set_wmajority(concern, 10000);
    mongoc_write_concern_set_journal(concern, true);
    mongoc_uri_set_write_concern(uri, concern);
    mongoc_write_concern_destroy(concern);
    mongoc_client_pool_t *clients = mongoc_client_pool_new_with_error(uri, &error);
    if (!clients) {
        report(failure, &error, NULL);
        mongoc_uri_destroy(uri);
        return NULL;
    }
    mongoc_client_pool_set_error_api(clients, MONGOC_ERROR_API_VERSION_2);
    mongo_pool *pool = calloc(1, sizeof *pool);
    pool->uri = uri;
    pool->pool = clients;
    mongoc_apm_callbacks_t *callbacks = mongoc_apm_callbacks_new();
    mongoc_apm_set_command_started_cb(callbacks, count_command);
    mongoc_apm_set_command_failed_cb(callbacks, count_failed_command);
    mongoc_client_pool_set_apm_callbacks(clients, callbacks, pool);
    mongoc_apm_callbacks_destroy(callbacks);
    return pool;
}

const char *mongo_pool_database(const mongo_pool *pool) { return mongoc_uri_get_database(pool->uri); }

void mongo_pool_destroy(mongo_pool *pool) {
    mongoc_client_pool_destroy(pool->pool);
    mongoc_uri_destroy(pool->uri);
    free(pool);
}

mongo_client *mongo_client_take(mongo_pool *pool) {
    mongo_client *client = calloc(1, sizeof *client);
    client->client = mongoc_client_pool_pop(pool->pool);
    client->is_replicated = mongoc_uri_get_replica_set(pool->uri) || mongoc_uri_get_srv_hostname(pool->uri);
    return client;
}

void mongo_client_put_back(mongo_pool *pool, mongo_client *client) {
    if (client->session) mongoc_client_session_destroy(client->session);
    mongoc_client_pool_push(pool->pool, client->client);
    free(client);
}

bool mongo_run(
    mongo_client *client, const char *database, const uint8_t *command_data, size_t command_count,
    const uint8_t *options_data, size_t options_count, bool writes, mongo_bytes *reply, mongo_failure *failure) {
    bson_error_t error = {0};
    bson_t command, options, answer;
    memset(failure, 0, sizeof *failure);
    *reply = (mongo_bytes){0};
    if (!view(&command, command_data, command_count)) {
        report_text(failure, "the command is no BSON document");
        return false;
    }
    if (!options_with_session(client, &options, options_data, options_count, &error)) {
        report(failure, &error, NULL);
        bson_destroy(&options);
        return false;
    }
    bool done = writes
        ? mongoc_client_write_command_with_opts(client->client, database, &command, &options, &answer, &error)
        : mongoc_client_read_command_with_opts(client->client, database, &command, NULL, &options, &answer, &error);
    if (!done) report(failure, &error, &answer);
    if (answer.len > 5) {
        reply->count = answer.len;
        reply->data = malloc(answer.len);
        memcpy(reply->data, bson_get_data(&answer), answer.len);
    }
    bson_destroy(&answer);
    bson_destroy(&options);
    return done;
}

/// A cursor of the library's.
static mongo_cursor *adopt(mongoc_cursor_t *cursor) {
    mongo_cursor *made = calloc(1, sizeof *made);
    made->cursor = cursor;
    return made;
}

// So many rows come with the first answer, unless they are very long.
enum { MAX_FIRST_ROWS = 1000 };

/// Asks for the rows by a command of our own where they are few: a cursor of the library's copies options and answer several times.
/// NULL where it takes a cursor after all.
static mongo_cursor *find_few(
    mongo_client *client, const char *database, const char *collection, const bson_t *filter, const bson_t *options,
    bool is_committed) {
    bson_iter_t field;
    if (!bson_iter_init_find(&field, options, "limit")) return NULL;
    int64_t limit = bson_iter_as_int64(&field);
    if (limit < 1 || limit > MAX_FIRST_ROWS || bson_has_field(options, "batchSize")) return NULL;
    bson_error_t error = {0};
    bson_t command = BSON_INITIALIZER, session = BSON_INITIALIZER;
    BSON_APPEND_UTF8(&command, "find", collection);
    BSON_APPEND_DOCUMENT(&command, "filter", filter);
    bson_concat(&command, options);
    BSON_APPEND_INT64(&command, "batchSize", limit);
    if (is_committed) {
        bson_t concern;
        BSON_APPEND_DOCUMENT_BEGIN(&command, "readConcern", &concern);
        BSON_APPEND_UTF8(&concern, "level", "majority");
        bson_append_document_end(&command, &concern);
    }
    mongo_cursor *cursor = calloc(1, sizeof *cursor);
    bool done = !client->session || mongoc_client_session_append(client->session, &session, &error);
    if (done) {
        done = mongoc_client_read_command_with_opts(
            client->client, database, &command, NULL, &session, &cursor->reply, &error);
    } else {
        bson_init(&cursor->reply);
    }
    bson_destroy(&command);
    bson_destroy(&session);
    if (!done) {
        report(&cursor->failure, &error, &cursor->reply);
        return cursor;
    }
    bson_iter_t root, rows;
    bool is_whole = bson_iter_init_find(&root, &cursor->reply, "cursor") && bson_iter_recurse(&root, &rows)
        && bson_iter_find(&rows, "id") && bson_iter_as_int64(&rows) == 0 && bson_iter_recurse(&root, &rows)
        && bson_iter_find(&rows, "firstBatch") && bson_iter_recurse(&rows, &cursor->rows);
    if (is_whole) return cursor;
    // More than an answer holds. What the server keeps of this goes by itself.
    bson_destroy(&cursor->reply);
    free(cursor);
    return NULL;
}

mongo_cursor *mongo_find(
    mongo_client *client, const char *database, const char *collection, const uint8_t *filter_data, size_t filter_count,
    const uint8_t *options_data, size_t options_count, bool is_committed) {
    bson_error_t error = {0};
    bson_t filter, given, options;
    // The caller gives documents of its own writer; anything else is an error of the program.
    if (!view(&filter, filter_data, filter_count) || !view(&given, options_data, options_count)) return NULL;
    is_committed = is_committed && client->is_replicated && !client->session;
    mongo_cursor *cursor = find_few(client, database, collection, &filter, &given, is_committed);
    if (cursor) return cursor;
    bool ready = options_with_session(client, &options, options_data, options_count, &error);
    if (ready) {
        if (is_committed) {
            mongoc_read_concern_t *concern = mongoc_read_concern_new();
            mongoc_read_concern_set_level(concern, MONGOC_READ_CONCERN_LEVEL_MAJORITY);
            mongoc_read_concern_append(concern, &options);
            mongoc_read_concern_destroy(concern);
        }
        mongoc_collection_t *handle = mongoc_client_get_collection(client->client, database, collection);
        cursor = adopt(mongoc_collection_find_with_opts(handle, &filter, &options, NULL));
        mongoc_collection_destroy(handle); // the cursor keeps what it needs
    }
    bson_destroy(&options);
    return cursor;
}

mongo_cursor *mongo_aggregate(
    mongo_client *client, const char *database, const char *collection, const uint8_t *pipeline_data,
    size_t pipeline_count, const uint8_t *options_data, size_t options_count) {
    bson_error_t error = {0};
    bson_t pipeline, options;
    if (!view(&pipeline, pipeline_data, pipeline_count)) return NULL;
    bool ready = options_with_session(client, &options, options_data, options_count, &error);
    mongo_cursor *cursor = NULL;
    if (ready) {
        mongoc_collection_t *handle = mongoc_client_get_collection(client->client, database, collection);
        cursor = adopt(mongoc_collection_aggregate(handle, MONGOC_QUERY_NONE, &pipeline, &options, NULL));
        mongoc_collection_destroy(handle);
    }
    bson_destroy(&options);
    return cursor;
}

bool mongo_cursor_next(mongo_cursor *cursor, const uint8_t **data, size_t *count, mongo_failure *failure) {
    const bson_t *document;
    memset(failure, 0, sizeof *failure);
    if (!cursor->cursor) {
        *failure = cursor->failure;
        if (failure->code != 0 || !bson_iter_next(&cursor->rows)) return false;
        uint32_t length = 0;
        bson_iter_document(&cursor->rows, &length, data);
        *count = length;
        return true;
    }
    if (mongoc_cursor_next(cursor->cursor, &document)) {
        *data = bson_get_data(document);
        *count = document->len;
        return true;
    }
    bson_error_t error = {0};
    const bson_t *reply = NULL;
    if (mongoc_cursor_error_document(cursor->cursor, &error, &reply)) report(failure, &error, reply);
    return false;
}

void mongo_cursor_destroy(mongo_cursor *cursor) {
    if (cursor->cursor) mongoc_cursor_destroy(cursor->cursor);
    else bson_destroy(&cursor->reply);
    free(cursor);
}

static bool watch_failed(mongo_watch *watch, mongo_failure *failure) {
    bson_error_t error = {0};
    const bson_t *reply = NULL;
    if (!mongoc_change_stream_error_document(watch->stream, &error, &reply)) return false;
    report(failure, &error, reply);
    return true;
}

mongo_watch *mongo_watch_open(
    mongo_client *client, const char *database, const uint8_t *pipeline_data, size_t pipeline_count,
    const uint8_t *options_data, size_t options_count, mongo_failure *failure) {
    bson_t pipeline, options;
    memset(failure, 0, sizeof *failure);
    if (!view(&pipeline, pipeline_data, pipeline_count) || !view(&options, options_data, options_count)) {
        report_text(failure, "the pipeline or its options are no BSON document");
        return NULL;
    }
    mongoc_database_t *handle = mongoc_client_get_database(client->client, database);
    mongo_watch *watch = calloc(1, sizeof *watch);
    watch->stream = mongoc_database_watch(handle, &pipeline, &options);
    mongoc_database_destroy(handle); // the stream keeps what it needs
    if (!watch_failed(watch, failure)) return watch;
    mongo_watch_destroy(watch);
    return NULL;
}

bool mongo_watch_next(mongo_watch *watch, const uint8_t **data, size_t *count, mongo_failure *failure) {
    const bson_t *event;
    memset(failure, 0, sizeof *failure);
    if (mongoc_change_stream_next(watch->stream, &event)) {
        *data = bson_get_data(event);
        *count = event->len;
        return true;
    }
    watch_failed(watch, failure);
    return false;
}

bool mongo_watch_token(mongo_watch *watch, const uint8_t **data, size_t *count) {
    const bson_t *token = mongoc_change_stream_get_resume_token(watch->stream);
    if (!token) return false;
    *data = bson_get_data(token);
    *count = token->len;
    return true;
}

void mongo_watch_destroy(mongo_watch *watch) {
    mongoc_change_stream_destroy(watch->stream);
    free(watch);
}

bool mongo_transaction_begin(mongo_client *client, mongo_failure *failure) {
    bson_error_t error = {0};
    memset(failure, 0, sizeof *failure);
    if (client->session) {
        report_text(failure, "a transaction is under way on this client");
        return false;
    }
    client->session = mongoc_client_start_session(client->client, NULL, &error);
    if (client->session && mongoc_client_session_start_transaction(client->session, NULL, &error)) return true;
    report(failure, &error, NULL);
    mongo_transaction_abort(client);
    return false;
}

bool mongo_transaction_commit(mongo_client *client, mongo_failure *failure) {
    bson_error_t error = {0};
    bson_t reply;
    memset(failure, 0, sizeof *failure);
    if (!client->session) {
        report_text(failure, "no transaction is under way on this client");
        return false;
    }
    bool done = mongoc_client_session_commit_transaction(client->session, &reply, &error);
    if (!done && mongoc_error_has_label(&reply, "UnknownTransactionCommitResult")) {
        bson_destroy(&reply);
        done = mongoc_client_session_commit_transaction(client->session, &reply, &error);
    }
    if (!done) report(failure, &error, &reply);
    bson_destroy(&reply);
    mongoc_client_session_destroy(client->session);
    client->session = NULL;
    return done;
}

void mongo_transaction_abort(mongo_client *client) {
    if (!client->session) return;
    if (mongoc_client_session_in_transaction(client->session)) {
        mongoc_client_session_abort_transaction(client->session, NULL);
    }
    mongoc_client_session_destroy(client->session);
    client->session = NULL;
}
