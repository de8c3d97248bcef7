#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// libmongoc behind functions that take and give BSON as plain bytes.
///
/// Swift cannot hold a `bson_t` (it is aligned to 128 bytes) and imports no variadic functions; this is the one place that
/// includes libmongoc's headers. Every call blocks. A client is used by one thread at a time.

/// What went wrong. `message` is cut to fit.
typedef struct mongo_failure {
    uint32_t domain;
    uint32_t code;
    /// The whole transaction may be tried again.
    bool is_transient;
    char message[512];
} mongo_failure;

/// Bytes that the caller frees with `mongo_bytes_free`. `data` is NULL where there are none.
typedef struct mongo_bytes {
    uint8_t *data;
    size_t count;
} mongo_bytes;

typedef struct mongo_pool mongo_pool;
typedef struct mongo_client mongo_client;
typedef struct mongo_cursor mongo_cursor;
typedef struct mongo_watch mongo_watch;

/// Once in a process, before everything else. Logs of the driver are dropped.
void mongo_start(void);

void mongo_bytes_free(mongo_bytes bytes);

/// A pool of as many clients as `max_clients`, whose writes wait for a majority and its journal. A server that answers a command
/// with nothing for so long counts as lost, unless the URI says how long. NULL, and `failure`, for a wrong URI.
mongo_pool *mongo_pool_make(
    const char *uri, const char *application, uint32_t max_clients, int32_t socket_milliseconds, mongo_failure *failure);
/// The database that the URI names, or NULL. Lives as long as the pool.
const char *mongo_pool_database(const mongo_pool *pool);
/// How many commands its clients have sent, each a round trip.
uint64_t mongo_pool_commands(mongo_pool *pool);
/// How many of them the server refused, or lost with its connection.
uint64_t mongo_pool_failed_commands(mongo_pool *pool);
/// Only after every client was put back.
void mongo_pool_destroy(mongo_pool *pool);

/// Waits until one is free. It belongs to the calling thread until it is put back.
mongo_client *mongo_client_take(mongo_pool *pool);
void mongo_client_put_back(mongo_pool *pool, mongo_client *client);

/// Runs a command, retried once where MongoDB allows it. In a transaction of this client, as part of it.
///
/// `command` is a whole BSON document, `options` one or NULL (`writeConcern`, `readConcern`). `reply` is given also for a
/// command that failed, where the server sent one.
bool mongo_run(
    mongo_client *client, const char *database, const uint8_t *command, size_t command_count, const uint8_t *options,
    size_t options_count, bool writes, mongo_bytes *reply, mongo_failure *failure);

/// Opens a cursor; what went wrong is told by the first `mongo_cursor_next`. Destroy it on the same thread. `is_committed`: outside
/// transactions, only what a majority of the replica set has; where the URI names none, whatever the server has.
mongo_cursor *mongo_find(
    mongo_client *client, const char *database, const char *collection, const uint8_t *filter, size_t filter_count,
    const uint8_t *options, size_t options_count, bool is_committed);
mongo_cursor *mongo_aggregate(
    mongo_client *client, const char *database, const char *collection, const uint8_t *pipeline, size_t pipeline_count,
    const uint8_t *options, size_t options_count);
/// The next document, lent until the next call. False at the end and on failure: then `failure->code` is not 0.
bool mongo_cursor_next(mongo_cursor *cursor, const uint8_t **data, size_t *count, mongo_failure *failure);
void mongo_cursor_destroy(mongo_cursor *cursor);

/// Opens a change stream on a database. `pipeline` is a document whose one field `pipeline` is an array; `options` are those of
/// mongoc_database_watch. NULL, and `failure`, where it does not open. Destroy it on the same thread, before the client is put
/// back.
mongo_watch *mongo_watch_open(
    mongo_client *client, const char *database, const uint8_t *pipeline, size_t pipeline_count, const uint8_t *options,
    size_t options_count, mongo_failure *failure);
/// The next event, lent until the next call. False where none came in `maxAwaitTimeMS`, and on failure: then `failure->code` is
/// not 0 and the stream gives nothing more.
bool mongo_watch_next(mongo_watch *watch, const uint8_t **data, size_t *count, mongo_failure *failure);
/// Where a new stream would go on, lent until the next call. False where that is not known yet.
bool mongo_watch_token(mongo_watch *watch, const uint8_t **data, size_t *count);
void mongo_watch_destroy(mongo_watch *watch);

/// Begins a transaction on this client: `mongo_run` and `mongo_find` belong to it until it ends.
bool mongo_transaction_begin(mongo_client *client, mongo_failure *failure);
/// Commits. `is_transient` tells that the whole transaction may be tried again; the driver itself repeats a commit whose
/// outcome is unknown once.
bool mongo_transaction_commit(mongo_client *client, mongo_failure *failure);
void mongo_transaction_abort(mongo_client *client);
