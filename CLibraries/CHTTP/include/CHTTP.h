#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// libmicrohttpd driven by a loop of our own, behind functions without variadics and macros.
///
/// Its epoll loop blocks again when exactly 128, 256, … events are ready; ours always calls it with nothing to wait for, and
/// waits by itself. There may be several loops, each run by a thread of its own, which share one listening socket: a connection
/// belongs to the loop that accepted it, and none has many more than another. Everything marked "any thread" may be called while they run.

typedef struct http_daemon http_daemon;
/// A request from its first byte to the end of its response. Valid until `done` was called for it.
typedef struct http_exchange http_exchange;

/// What a loop tells. All but `work` are called on a thread that runs the connection's loop, and may not block.
typedef struct http_events {
    void *context;
    /// Whether there is something for `work` to do. On the loop's own thread, after each look at its connections; may be NULL.
    bool (*has_work)(void *context);
    /// Does it. On the loop's own thread, which does not run the loop meanwhile: it may block, since after some milliseconds
    /// the stand-in runs the loop.
    void (*work)(void *context);
    /// `work` takes long on some loop's thread: lets others do what that has kept besides. On the stand-in's thread.
    void (*relieve)(void *context);
    /// The headers are there. The returned value comes back as `request`; NULL closes the connection.
    /// `http_answer` may be called at once, before any body is read.
    void *(*begin)(void *context, http_exchange *exchange, const char *method, const char *target, const char *version);
    /// A piece of the body. Returns how much of it was taken; less than `count` holds the client back until
    /// `http_body_wanted`.
    size_t (*body)(void *request, const uint8_t *data, size_t count);
    /// The body is whole. An answer is awaited from now on.
    void (*end)(void *request);
    /// The exchange is over, answered or not; the last call for it. `was_sent` tells that the whole response went out.
    void (*done)(void *request, bool was_sent);
} http_events;

typedef struct http_options {
    /// Numeric, such as 127.0.0.1 or ::1.
    const char *host;
    /// 0 picks a free one.
    uint16_t port;
    /// At least one.
    uint32_t loops;
    /// Of all loops together; more wait until one goes.
    uint32_t max_connections;
    /// Of IPv4; of IPv6 for each 64 bits, which are one subscriber's. 0 for no bound.
    uint32_t max_connections_per_address;
    /// Without a byte, a connection is closed after so long.
    uint32_t idle_seconds;
    /// From the first chance of a request to the end of its headers.
    uint32_t header_seconds;
    /// From the end of the headers to the end of the body, and a second more for each `body_bytes_per_second` that came.
    uint32_t body_seconds;
    uint32_t body_bytes_per_second;
    /// So long after `http_stop`, exchanges that are not over are broken off.
    uint32_t drain_seconds;
    /// For request line and headers together.
    size_t max_header_bytes;
} http_options;

/// Binds and listens. NULL, and an errno, when that fails. Any thread.
http_daemon *http_start(const http_options *options, const http_events *events, int *error);
/// The port that is listened on.
uint16_t http_port(const http_daemon *daemon);
/// How many connections are open. Any thread.
uint32_t http_connections(http_daemon *daemon);
/// Runs the loop of this index until `http_stop` and the end of each of its exchanges. Call it once for each, on threads of
/// their own.
void http_run(http_daemon *daemon, uint32_t index);
/// Runs the loop of this index while its own thread works for long, until that has ended. Call it once for each, on threads of
/// their own, where there is `work`.
void http_stand_in(http_daemon *daemon, uint32_t index);
/// Calls those who stand in, until all loops have ended. Call it once, on a thread of its own, where there is `work`.
void http_watch(http_daemon *daemon);
/// Accepts no more connections, closes those that wait for a request, and lets each `http_run` return when its exchanges are over.
/// Called again, it does nothing.
/// Any thread.
void http_stop(http_daemon *daemon);
/// After each `http_run`, `http_stand_in` and `http_watch` returned.
void http_destroy(http_daemon *daemon);

/// The values of a request's headers in their order, `name` compared without case. Only inside `begin`.
void http_each_header(
    http_exchange *exchange, void *context, void (*header)(void *context, const char *name, const char *value));
/// The client's address in text, without port; empty where it is not known. Only inside `begin`.
const char *http_remote_address(const http_exchange *exchange);

/// Answers with a whole body, which is copied. Once an exchange. `headers` are `Name: value` pairs, one after the other.
/// Any thread; after `end`, or inside `begin`.
void http_answer(
    http_exchange *exchange, uint32_t status, const char *const *headers, size_t header_count, const uint8_t *body,
    size_t body_count);
/// Answers with a body that is pushed piece by piece. Any thread, after `end`. `drained` is called on the thread that runs the loop when
/// everything pushed was handed to the network, and once when the exchange ends.
void http_answer_stream(
    http_exchange *exchange, uint32_t status, const char *const *headers, size_t header_count, int64_t body_count,
    void *context, void (*drained)(void *context));
/// Adds to the body. False when the exchange is over: nothing more will be sent. Any thread, until `done`.
bool http_push(http_exchange *exchange, const uint8_t *data, size_t count);
/// Bytes pushed that are not handed to the network. Any thread, until `done`.
size_t http_pending(http_exchange *exchange);
/// Ends a pushed body. Any thread, until `done`.
void http_finish(http_exchange *exchange);
/// Lets the body of a held-back client flow again. Any thread, until `done`.
void http_body_wanted(http_exchange *exchange);
/// Gives back memory that the connection does not use while it is suspended. Any thread, until `done`.
void http_rest(http_exchange *exchange);
/// Whether the client has closed its connection while it waits for its answer. Any thread, until `done`.
bool http_client_left(http_exchange *exchange);
/// Sends `raw` as it stands where nothing was sent yet, and closes the connection. Only inside of `begin`, `body` and `end`.
void http_abort(http_exchange *exchange, const char *raw);
