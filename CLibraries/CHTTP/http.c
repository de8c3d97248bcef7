#define _GNU_SOURCE
#include "CHTTP.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <search.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef struct loop loop;

// How many connections a client has; the first two are what a client is known by.
typedef struct client {
    sa_family_t family;
    uint8_t address[sizeof(struct in6_addr)];
    uint32_t connections;
} client;

// What is known of a connection between its requests; only who runs its loop touches it.
typedef struct connection {
    struct connection *next, *previous;
    struct MHD_Connection *handle;
    int fd;
    char address[INET6_ADDRSTRLEN]; // of the peer; empty where that is not known
    client *client;          // NULL where clients are not counted
    http_exchange *exchange; // NULL while it waits for a request
    double since;            // when that waiting, or the exchange's body, began
    bool is_looked_at;       // whether its client was found to be there since that waiting began
} connection;

// What one thread runs at a time: a daemon of libmicrohttpd, which is given the connections that the loop accepts.
struct loop {
    http_daemon *daemon;
    struct MHD_Daemon *mhd;
    int epoll_fd, wake_fd;
    atomic_int sleeping, resumed; // whether a connection was resumed since the last look at them
    atomic_uint connection_count;
    atomic_bool is_full; // it does not look for new connections
    // When its own thread left it for work, on the monotonic clock; 0 where it has not.
    _Atomic double away_since;
    atomic_bool has_ended, is_called; // whether the stand-in was called, and has not returned since
    sem_t stand_in;                   // it waits for its call here
    // Held by who runs the loop: its own thread, or its stand-in. Guards what follows.
    pthread_mutex_t owner;
    int pool_place; // of a pool's address in a connection; NOT_LOOKED_FOR, NOT_FOUND
    uint32_t exchanges;
    connection *connections;
    double accepts_from, scanned;
    int laps; // since it last looked for new connections
};

struct http_daemon {
    http_events events;
    http_options options;
    size_t page_bytes, pool_bytes;
    int listening;
    uint16_t port;
    atomic_bool stopping;
    double stopped_at; // set before `stopping`
    atomic_bool is_watching; // whether the watch looks at the loops, and does not wait to be woken
    atomic_uint absences;    // how often a loop was left
    sem_t watch;
    pthread_mutex_t clients_lock;
    void *clients; // a tree of them
    loop loops[];
};

struct http_exchange {
    loop *loop;
    struct MHD_Connection *handle;
    connection *connection;
    char *target;  // as sent, until `begin`
    uint8_t *pool; // libmicrohttpd's memory for the connection; NULL where that is not known
    void *request;
    // Only who runs the loop touches these.
    bool has_begun, is_in_begin, has_ended;
    bool is_aborted; // its connection is shut down
    double body_bytes; // so many came
    // What follows is guarded by the lock.
    pthread_mutex_t lock;
    bool is_suspended, is_answered, is_over;
    bool is_in_end; // `end` runs
    bool lingers;   // not suspended yet: the loop's own thread may have kept what answers it
    bool rests;     // `http_rest` was called meanwhile
    bool is_body_held;   // the body waits for `http_body_wanted`
    bool is_body_wanted; // it came before the body was held
    bool is_finished;    // no more will be pushed
    uint8_t *pending;
    size_t pending_start, pending_end, pending_capacity;
    // An answer that came while `end` ran, or while it lingered.
    struct MHD_Response *response;
    uint32_t status;
    void *drain_context;
    void (*drained)(void *context);
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void wake(loop *loop) {
    if (!atomic_exchange(&loop->sleeping, 0)) return;
    uint64_t one = 1;
    if (write(loop->wake_fd, &one, sizeof one) < 0) {
        // Full: then it wakes anyway.
    }
}

// Under the exchange's lock.
static void suspend(http_exchange *exchange) {
    exchange->is_suspended = true;
    MHD_suspend_connection(exchange->handle);
}

// Under the exchange's lock, so that nobody ends the exchange meanwhile.
static void resume(http_exchange *exchange) {
    if (!exchange->is_suspended) return;
    exchange->is_suspended = false;
    MHD_resume_connection(exchange->handle);
    atomic_store(&exchange->loop->resumed, 1);
    wake(exchange->loop);
}

// Whether the client will send no more.
static bool client_has_ended(const connection *connection) {
    char byte;
    ssize_t count = recv(connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// libmicrohttpd's memory of one connection, as its version 0.9.75 lays it out.
typedef struct memory_pool {
    uint8_t *memory;
    size_t size, position, end;
    uint8_t is_mapped;
} memory_pool;

enum { NOT_LOOKED_FOR = -2, NOT_FOUND = -1 };

static bool is_ours(const http_daemon *daemon, const memory_pool *pool) {
    return pool->memory && pool->size == daemon->pool_bytes && (uintptr_t)pool->memory % daemon->page_bytes == 0 &&
           pool->position <= pool->end && pool->end <= pool->size && pool->is_mapped == 1;
}

// Finds the one pointer among a connection's first members that leads to a pool of our size. Read as from another process, so
// that a member which is no pointer is an error and no crash.
static int find_pool_place(const http_daemon *daemon, const struct MHD_Connection *handle) {
    void *members[24];
    memcpy(members, handle, sizeof members);
    for (int place = 0; place < (int)(sizeof members / sizeof *members); place++) {
        memory_pool seen;
        struct iovec here = {&seen, sizeof seen}, there = {members[place], sizeof seen};
        if (process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)sizeof seen && is_ours(daemon, &seen)) return place;
    }
    return NOT_FOUND;
}

// Where the pool of a connection lies whose request's target lies in it; NULL where that is not known.
static uint8_t *pool_of(loop *loop, const struct MHD_Connection *handle, const char *target) {
    if (loop->pool_place == NOT_LOOKED_FOR) loop->pool_place = find_pool_place(loop->daemon, handle);
    if (loop->pool_place == NOT_FOUND) return NULL;
    memory_pool *pool;
    memcpy(&pool, (const uint8_t *)handle + (size_t)loop->pool_place * sizeof pool, sizeof pool);
    uintptr_t place = (uintptr_t)target - (uintptr_t)pool->memory;
    return is_ours(loop->daemon, pool) && place < pool->size ? pool->memory : NULL;
}

static bool is_zero(const uint8_t *bytes, size_t count) {
    return bytes[0] == 0 && !memcmp(bytes, bytes + 1, count - 1);
}

// Gives back what a suspended connection does not use of its pool. Under the exchange's lock.
//
// Between two requests of a connection libmicrohttpd fills the pool with zeros, and so makes all of it resident. A page of
// zeros is the same after it was given back; nobody writes to it while the connection is suspended.
static void give_back(http_exchange *exchange) {
    if (!exchange->pool || !exchange->is_suspended || exchange->is_over) return;
    size_t page = exchange->loop->daemon->page_bytes;
    uint8_t *end = exchange->pool + exchange->loop->daemon->pool_bytes;
    for (uint8_t *start = exchange->pool; start < end;) {
        uint8_t *next = start;
        while (next < end && is_zero(next, page)) next += page;
        if (next > start) madvise(start, (size_t)(next - start), MADV_DONTNEED);
        start = next + page;
    }
}

// MARK: Clients

static int compare_clients(const void *left, const void *right) {
    return memcmp(left, right, offsetof(client, connections));
}

// Who stands behind an address: with IPv4 each address is one, with IPv6 the 64 bits that one subscriber has at least.
static client client_at(const struct sockaddr *address) {
    client found;
    memset(&found, 0, sizeof found);
    found.family = address->sa_family;
    if (address->sa_family == AF_INET) {
        memcpy(found.address, &((const struct sockaddr_in *)address)->sin_addr, sizeof(struct in_addr));
    } else if (address->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
        memcpy(found.address, v6, IN6_IS_ADDR_V4MAPPED(v6) ? sizeof *v6 : sizeof *v6 / 2);
    }
    return found;
}

// Counts a connection of whoever is at `address`; NULL where they are not counted or there is no memory.
static client *enter(http_daemon *daemon, const struct sockaddr *address, bool *is_one_too_many) {
    *is_one_too_many = false;
    if (!daemon->options.max_connections_per_address || !address) return NULL;
    client key = client_at(address), *found = NULL;
    pthread_mutex_lock(&daemon->clients_lock);
    client **place = tfind(&key, &daemon->clients, compare_clients);
    if (place) {
        found = *place;
    } else if ((found = malloc(sizeof *found))) {
        memcpy(found, &key, sizeof key); // with what lies between its members, which is compared as well
        if (!tsearch(found, &daemon->clients, compare_clients)) {
            free(found);
            found = NULL;
        }
    }
    if (found) *is_one_too_many = ++found->connections > daemon->options.max_connections_per_address;
    pthread_mutex_unlock(&daemon->clients_lock);
    return found;
}

static void leave(http_daemon *daemon, client *client) {
    if (!client) return;
    pthread_mutex_lock(&daemon->clients_lock);
    if (--client->connections == 0) {
        tdelete(client, &daemon->clients, compare_clients);
        free(client);
    }
    pthread_mutex_unlock(&daemon->clients_lock);
}

// Whether the calling thread runs a loop and has kept something to do.
static bool has_work(const http_daemon *daemon) {
    return daemon->events.has_work && daemon->events.has_work(daemon->events.context);
}

// MARK: Which loop accepts a connection

// How many more connections than the one that has fewest a loop may have: one where there are few, so that a handful of clients
// is spread over all threads, and more with so many of all loops together.
enum { MAX_LEAD = 32, CONNECTIONS_A_LEAD = 16 };

// Whether the loop has a place for one more connection: where none has, they wait for one to go, and a loop that is ahead leaves
// them to the others.
static bool has_place(loop *loop) {
    http_daemon *daemon = loop->daemon;
    uint32_t own = atomic_load(&loop->connection_count), least = own, all = 0;
    for (uint32_t index = 0; index < daemon->options.loops; index++) {
        uint32_t count = atomic_load(&daemon->loops[index].connection_count);
        if (count < least) least = count;
        all += count;
    }
    uint32_t lead = 1 + all / CONNECTIONS_A_LEAD;
    return all < daemon->options.max_connections && own - least < (lead < MAX_LEAD ? lead : MAX_LEAD);
}

// Whether the loop is to look for new connections. Where it is not, it is woken once it has a place again.
static bool listens(loop *loop) {
    atomic_store(&loop->is_full, true); // before the look: who changes the counts after it sees that
    bool listens = has_place(loop);
    if (listens) atomic_store(&loop->is_full, false);
    return listens && now() >= loop->accepts_from;
}

// After a connection has come or gone.
static void wake_those_with_place(http_daemon *daemon) {
    for (uint32_t index = 0; index < daemon->options.loops; index++) {
        loop *each = &daemon->loops[index];
        if (atomic_load(&each->is_full) && has_place(each)) wake(each);
    }
}

// MARK: Callbacks of libmicrohttpd, on the thread that runs the loop

static void *on_target(void *context, const char *target, struct MHD_Connection *handle) {
    loop *loop = context;
    http_exchange *exchange = calloc(1, sizeof *exchange);
    exchange->loop = loop;
    exchange->handle = handle;
    exchange->target = strdup(target);
    exchange->pool = pool_of(loop, handle, target);
    pthread_mutex_init(&exchange->lock, NULL);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    exchange->connection = info ? info->socket_context : NULL;
    loop->exchanges += 1;
    return exchange;
}

static enum MHD_Result on_request(
    void *context, struct MHD_Connection *handle, const char *target, const char *method, const char *version,
    const char *data, size_t *count, void **state) {
    const http_daemon *daemon = ((loop *)context)->daemon;
    http_exchange *exchange = *state;
    (void)handle;
    (void)target;
    if (!exchange) return MHD_NO;
    if (!exchange->has_begun) {
        exchange->has_begun = true;
        if (exchange->connection) {
            exchange->connection->exchange = exchange;
            exchange->connection->since = now();
        }
        exchange->is_in_begin = true;
        exchange->request = daemon->events.begin(daemon->events.context, exchange, method, exchange->target, version);
        exchange->is_in_begin = false;
        return exchange->request ? MHD_YES : MHD_NO;
    }
    if (*count > 0) {
        if (exchange->is_aborted) return MHD_NO; // a full buffer would be offered for ever
        size_t taken = daemon->events.body(exchange->request, (const uint8_t *)data, *count);
        exchange->body_bytes += (double)taken;
        *count -= taken;
        if (*count > 0) {
            pthread_mutex_lock(&exchange->lock);
            if (exchange->is_body_wanted) {
                exchange->is_body_wanted = false; // the rest comes again at once
            } else {
                exchange->is_body_held = true;
                suspend(exchange);
            }
            pthread_mutex_unlock(&exchange->lock);
        }
        return MHD_YES;
    }
    pthread_mutex_lock(&exchange->lock);
    if (!exchange->has_ended) {
        exchange->has_ended = true;
        exchange->is_in_end = true;
        pthread_mutex_unlock(&exchange->lock);
        daemon->events.end(exchange->request);
        pthread_mutex_lock(&exchange->lock);
        exchange->is_in_end = false;
        // Without an answer libmicrohttpd asks again at its next turn, which costs less than to suspend and to resume.
        exchange->lingers = !exchange->is_answered && !exchange->is_aborted && has_work(daemon);
    } else {
        exchange->lingers = false;
    }
    if (exchange->is_aborted) {
        // All of its body has come nevertheless; suspended, it would never be told of the connection's end.
        pthread_mutex_unlock(&exchange->lock);
        return MHD_NO;
    }
    if (exchange->response) {
        // Answered meanwhile, on this thread or another, the connection is not suspended at all.
        MHD_queue_response(exchange->handle, exchange->status, exchange->response);
        MHD_destroy_response(exchange->response);
        exchange->response = NULL;
    } else if (!exchange->is_answered && !exchange->lingers) {
        suspend(exchange);
        if (exchange->rests) give_back(exchange);
    }
    if (!exchange->lingers) exchange->rests = false;
    pthread_mutex_unlock(&exchange->lock);
    return MHD_YES;
}

static void on_completed(
    void *context, struct MHD_Connection *handle, void **state, enum MHD_RequestTerminationCode how) {
    loop *loop = context;
    const http_daemon *daemon = loop->daemon;
    http_exchange *exchange = *state;
    (void)handle;
    if (!exchange) return;
    *state = NULL;
    pthread_mutex_lock(&exchange->lock);
    exchange->is_over = true;
    pthread_mutex_unlock(&exchange->lock);
    if (exchange->connection) {
        exchange->connection->exchange = NULL;
        exchange->connection->since = now();
        exchange->connection->is_looked_at = false;
    }
    if (exchange->response) MHD_destroy_response(exchange->response);
    if (exchange->drained) exchange->drained(exchange->drain_context);
    if (exchange->request) daemon->events.done(exchange->request, how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    loop->exchanges -= 1;
    // `done` was the last call: nobody holds the exchange any more.
    pthread_mutex_destroy(&exchange->lock);
    free(exchange->pending);
    free(exchange->target);
    free(exchange);
}

// Written once for each connection: that takes longer than much of what is done for a request.
static void write_address(const struct sockaddr *address, char *text, socklen_t size) {
    if (address && address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, size);
    } else if (address && address->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, size);
    }
}

static void on_connection(
    void *context, struct MHD_Connection *handle, void **socket_context, enum MHD_ConnectionNotificationCode what) {
    loop *loop = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);
        const union MHD_ConnectionInfo *peer = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        connection *made = calloc(1, sizeof *made);
        bool is_one_too_many;
        made->handle = handle;
        made->fd = info ? info->connect_fd : -1;
        write_address(peer ? peer->client_addr : NULL, made->address, sizeof made->address);
        made->client = enter(loop->daemon, peer ? peer->client_addr : NULL, &is_one_too_many);
        made->since = now();
        atomic_fetch_add(&loop->connection_count, 1);
        made->next = loop->connections;
        if (made->next) made->next->previous = made;
        loop->connections = made;
        int on = 1;
        setsockopt(made->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (is_one_too_many) shutdown(made->fd, SHUT_RDWR);
        *socket_context = made;
    } else if (*socket_context) {
        connection *gone = *socket_context;
        if (gone->next) gone->next->previous = gone->previous;
        if (gone->previous) gone->previous->next = gone->next;
        else loop->connections = gone->next;
        atomic_fetch_sub(&loop->connection_count, 1);
        if (!atomic_load(&loop->daemon->stopping)) wake_those_with_place(loop->daemon);
        leave(loop->daemon, gone->client);
        free(gone);
        *socket_context = NULL;
    }
}

static ssize_t on_body_wanted(void *context, uint64_t position, char *out, size_t room) {
    http_exchange *exchange = context;
    void (*drained)(void *) = NULL;
    ssize_t given;
    (void)position;
    pthread_mutex_lock(&exchange->lock);
    size_t ready = exchange->pending_end - exchange->pending_start;
    if (ready > 0) {
        given = (ssize_t)(ready < room ? ready : room);
        memcpy(out, exchange->pending + exchange->pending_start, (size_t)given);
        exchange->pending_start += (size_t)given;
        if (exchange->pending_start == exchange->pending_end) {
            // Most streams are quiet most of the time.
            free(exchange->pending);
            exchange->pending = NULL;
            exchange->pending_start = exchange->pending_end = exchange->pending_capacity = 0;
            drained = exchange->drained;
        }
    } else if (exchange->is_aborted) {
        given = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (exchange->is_finished) {
        given = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        given = 0;
        suspend(exchange);
        give_back(exchange);
    }
    pthread_mutex_unlock(&exchange->lock);
    if (drained) drained(exchange->drain_context);
    return given;
}

// MARK: Start, loop, stop

typedef union socket_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} socket_address;

static int listening_socket(const http_options *options, uint16_t *port, int *error) {
    socket_address address;
    socklen_t size;
    memset(&address, 0, sizeof address);
    if (inet_pton(AF_INET, options->host, &address.v4.sin_addr) == 1) {
        address.v4.sin_family = AF_INET;
        address.v4.sin_port = htons(options->port);
        size = sizeof address.v4;
    } else if (inet_pton(AF_INET6, options->host, &address.v6.sin6_addr) == 1) {
        address.v6.sin6_family = AF_INET6;
        address.v6.sin6_port = htons(options->port);
        size = sizeof address.v6;
    } else {
        *error = EINVAL;
        return -1;
    }
    int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) && !bind(fd, &address.any, size) &&
        !listen(fd, 1024) && !getsockname(fd, &address.any, &size)) {
        *port = ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
        return fd;
    }
    *error = errno;
    if (fd >= 0) close(fd);
    return -1;
}

// One page more than is asked for: pools above 32 KB are mapped, each by itself, and what is not used of them takes no memory.
static size_t pool_bytes(const http_options *options, size_t page_bytes) {
    return (options->max_header_bytes / page_bytes + 1) * page_bytes;
}

// False, and an errno, when that fails.
static bool start_loop(loop *loop, http_daemon *daemon, int *error) {
    const http_options *options = &daemon->options;
    loop->daemon = daemon;
    // That nobody writes to the pool of a suspended connection was looked up in the source of this version alone.
    loop->pool_place = strcmp(MHD_get_version(), "0.9.75") ? NOT_FOUND : NOT_LOOKED_FOR;
    loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&loop->owner, NULL);
    sem_init(&loop->stand_in, 0, 0);
    struct MHD_OptionItem items[] = {
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, loop},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, loop},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, loop},
        {MHD_OPTION_CONNECTION_LIMIT, options->max_connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)daemon->pool_bytes, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    if (loop->wake_fd >= 0) {
        loop->mhd = MHD_start_daemon(
            MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, on_request, loop,
            MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    }
    if (!loop->mhd) {
        *error = errno ? errno : EINVAL;
        if (loop->wake_fd >= 0) close(loop->wake_fd);
        return false;
    }
    loop->epoll_fd = MHD_get_daemon_info(loop->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    return true;
}

static void destroy(http_daemon *daemon, uint32_t loops) {
    for (uint32_t index = 0; index < loops; index++) {
        MHD_stop_daemon(daemon->loops[index].mhd);
        close(daemon->loops[index].wake_fd);
        pthread_mutex_destroy(&daemon->loops[index].owner);
        sem_destroy(&daemon->loops[index].stand_in);
    }
    close(daemon->listening);
    sem_destroy(&daemon->watch);
    pthread_mutex_destroy(&daemon->clients_lock);
    free(daemon);
}

http_daemon *http_start(const http_options *options, const http_events *events, int *error) {
    uint16_t port;
    int fd = listening_socket(options, &port, error);
    if (fd < 0) return NULL;
    http_daemon *daemon = calloc(1, sizeof *daemon + options->loops * sizeof *daemon->loops);
    daemon->events = *events;
    daemon->options = *options;
    daemon->options.host = NULL;
    daemon->listening = fd;
    daemon->port = port;
    daemon->page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    daemon->pool_bytes = pool_bytes(options, daemon->page_bytes);
    pthread_mutex_init(&daemon->clients_lock, NULL);
    sem_init(&daemon->watch, 0, 0);
    for (uint32_t index = 0; index < options->loops; index++) {
        if (!start_loop(&daemon->loops[index], daemon, error)) {
            destroy(daemon, index);
            return NULL;
        }
    }
    return daemon;
}

uint16_t http_port(const http_daemon *daemon) { return daemon->port; }

uint32_t http_connections(http_daemon *daemon) {
    uint32_t count = 0;
    for (uint32_t index = 0; index < daemon->options.loops; index++) {
        count += atomic_load(&daemon->loops[index].connection_count);
    }
    return count;
}

// So many a loop accepts in one go; after an error it tries again so much later.
enum { SERIES = 16, RETRY_MILLISECONDS = 100 };

static void accept_some(loop *loop) {
    bool has_accepted = false;
    for (int count = 0; count < SERIES && has_place(loop); count++) {
        socket_address address;
        socklen_t size = sizeof address;
        int fd = accept4(loop->daemon->listening, &address.any, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0) {
            // Without files or memory for it, it would be ready again at once.
            if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) loop->accepts_from = now() + RETRY_MILLISECONDS / 1e3;
            break;
        }
        MHD_add_connection(loop->mhd, fd, &address.any, size); // closes it where that fails
        has_accepted = true;
    }
    if (has_accepted) wake_those_with_place(loop->daemon);
}

static void close_now(connection *connection, const char *raw) {
    if (raw && send(connection->fd, raw, strlen(raw), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        // The client is told if it can be.
    }
    shutdown(connection->fd, SHUT_RDWR);
}

// Breaks an exchange off, however far it is. libmicrohttpd sees the end of a connection only while it is not suspended.
static void break_off(http_exchange *exchange, const char *raw) {
    pthread_mutex_lock(&exchange->lock);
    exchange->is_aborted = true;
    resume(exchange);
    pthread_mutex_unlock(&exchange->lock);
    close_now(exchange->connection, raw);
}

static const char too_slow[] =
    "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

// Closes connections whose headers or body take too long, byte by byte or not at all, and those that their clients have closed.
static void close_slow(loop *loop) {
    const http_options *options = &loop->daemon->options;
    double time = now();
    for (connection *each = loop->connections, *next; each; each = next) {
        next = each->next;
        http_exchange *exchange = each->exchange;
        if (!exchange) {
            // Where the end of a client's sending came with its request, and that was answered at once, epoll tells it no more.
            bool is_over = !each->is_looked_at && client_has_ended(each);
            each->is_looked_at = true;
            if (is_over || time - each->since > options->header_seconds) close_now(each, NULL);
        } else if (
            !exchange->has_ended &&
            time - each->since >
                options->body_seconds + exchange->body_bytes / options->body_bytes_per_second) {
            each->since = time;
            pthread_mutex_lock(&exchange->lock);
            bool is_untouched = !exchange->is_answered;
            pthread_mutex_unlock(&exchange->lock);
            break_off(exchange, is_untouched ? too_slow : NULL);
        }
    }
}

// How often in turn a loop goes on with what is ready already before it looks for new connections.
enum { MAX_LAPS = 16 };

// Lets the loop's own thread do what it has kept for this moment, and meanwhile whoever stands in for it run the loop.
//
// Under `owner`. False where there is nothing to do.
static bool work(loop *loop) {
    http_daemon *daemon = loop->daemon;
    if (!has_work(daemon)) return false;
    atomic_store(&loop->away_since, now());
    pthread_mutex_unlock(&loop->owner);
    atomic_fetch_add(&daemon->absences, 1);
    if (!atomic_load(&daemon->is_watching)) sem_post(&daemon->watch);
    daemon->events.work(daemon->events.context);
    atomic_store(&loop->away_since, 0);
    wake(loop); // the stand-in, where it runs the loop
    pthread_mutex_lock(&loop->owner);
    return true;
}

// Does what is ready, and waits for more where nothing is. Under `owner`; false once the loop is to end.
static bool lap(loop *loop, bool is_own_thread) {
    const http_daemon *daemon = loop->daemon;
    atomic_store(&loop->sleeping, 0);
    atomic_store(&loop->resumed, 0);
    MHD_run(loop->mhd);
    bool has_worked = is_own_thread && work(loop);
    atomic_store(&loop->sleeping, 1);
    MHD_UNSIGNED_LONG_LONG timeout = 0;
    // A resume before `sleeping` was set woke nobody, and neither did the end of what the own thread did.
    bool is_awaited = !is_own_thread && !atomic_load(&loop->away_since);
    if (!has_worked && !is_awaited && !atomic_load(&loop->resumed) &&
        (MHD_get_timeout(loop->mhd, &timeout) != MHD_YES || timeout > 500)) timeout = 500;
    if (timeout == 0 && ++loop->laps < MAX_LAPS) return true;
    loop->laps = 0;
    bool is_stopping = atomic_load(&daemon->stopping);
    if (is_stopping) {
        bool is_over = now() - daemon->stopped_at > daemon->options.drain_seconds;
        for (connection *each = loop->connections; each; each = each->next) {
            if (!each->exchange) close_now(each, NULL);
            else if (is_over) break_off(each->exchange, NULL);
        }
        MHD_run(loop->mhd);
        if (loop->exchanges == 0) return false;
    }
    int milliseconds = is_stopping && timeout > 20 ? 20 : (int)timeout;
    int listening = !is_stopping && listens(loop) ? daemon->listening : -1;
    if (listening < 0 && milliseconds > RETRY_MILLISECONDS && now() < loop->accepts_from) milliseconds = RETRY_MILLISECONDS;
    struct pollfd ready[3] = {{loop->epoll_fd, POLLIN, 0}, {loop->wake_fd, POLLIN, 0}, {listening, POLLIN, 0}};
    if (poll(ready, 3, milliseconds) > 0) {
        uint64_t count;
        if (ready[1].revents && read(loop->wake_fd, &count, sizeof count) < 0) {
            // Emptied already.
        }
        if (ready[2].revents) accept_some(loop);
    }
    double time = now();
    if (time - loop->scanned > 0.5) {
        loop->scanned = time;
        close_slow(loop);
    }
    return true;
}

void http_run(http_daemon *daemon, uint32_t index) {
    loop *loop = &daemon->loops[index];
    pthread_mutex_lock(&loop->owner);
    loop->scanned = now();
    while (lap(loop, true)) {}
    pthread_mutex_unlock(&loop->owner);
    atomic_store(&loop->has_ended, true);
    sem_post(&loop->stand_in);
    sem_post(&daemon->watch);
}

void http_stand_in(http_daemon *daemon, uint32_t index) {
    loop *loop = &daemon->loops[index];
    while (true) {
        while (sem_wait(&loop->stand_in)) {} // interrupted
        if (atomic_load(&loop->has_ended)) return;
        daemon->events.relieve(daemon->events.context);
        pthread_mutex_lock(&loop->owner);
        while (atomic_load(&loop->away_since) && lap(loop, false)) {}
        pthread_mutex_unlock(&loop->owner);
        atomic_store(&loop->is_called, false);
    }
}

// How often the watch looks at the loops, and for how long a loop may be left alone; for so many looks at quiet loops it goes on.
enum { LOOK_MILLISECONDS = 5, QUIET_LOOKS = 200 };

// Calls a stand-in for each loop that was left for long. False once all loops have ended.
static bool look_at_loops(http_daemon *daemon) {
    bool is_any_left = false;
    double time = now();
    for (uint32_t index = 0; index < daemon->options.loops; index++) {
        loop *loop = &daemon->loops[index];
        if (atomic_load(&loop->has_ended)) continue;
        is_any_left = true;
        double since = atomic_load(&loop->away_since);
        if (since && time - since > LOOK_MILLISECONDS / 1e3 && !atomic_exchange(&loop->is_called, true)) {
            sem_post(&loop->stand_in);
        }
    }
    return is_any_left;
}

void http_watch(http_daemon *daemon) {
    unsigned seen = 0;
    int quiet_looks = QUIET_LOOKS;
    do {
        unsigned absences = atomic_load(&daemon->absences);
        quiet_looks = absences == seen ? quiet_looks + 1 : 0;
        seen = absences;
        if (quiet_looks >= QUIET_LOOKS) {
            atomic_store(&daemon->is_watching, false);
            // Who is away by now has seen that, or is counted.
            bool is_quiet = atomic_load(&daemon->absences) == seen;
            for (uint32_t index = 0; index < daemon->options.loops; index++) {
                if (atomic_load(&daemon->loops[index].away_since)) is_quiet = false;
            }
            if (is_quiet) while (sem_wait(&daemon->watch)) {} // interrupted
            atomic_store(&daemon->is_watching, true);
            while (!sem_trywait(&daemon->watch)) {} // others that were away before that
            quiet_looks = 0;
        } else {
            struct timespec pause = {0, LOOK_MILLISECONDS * 1000000L};
            nanosleep(&pause, NULL);
        }
    } while (look_at_loops(daemon));
}

void http_stop(http_daemon *daemon) {
    if (atomic_load(&daemon->stopping)) return;
    daemon->stopped_at = now();
    atomic_store(&daemon->stopping, true);
    // Not closed: another file could get its number while a loop still looks at it.
    shutdown(daemon->listening, SHUT_RDWR);
    for (uint32_t index = 0; index < daemon->options.loops; index++) wake(&daemon->loops[index]);
}

void http_destroy(http_daemon *daemon) { destroy(daemon, daemon->options.loops); }

// MARK: The request

typedef struct header_visit {
    void *context;
    void (*header)(void *context, const char *name, const char *value);
} header_visit;

static enum MHD_Result visit_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    header_visit *visit = context;
    (void)kind;
    visit->header(visit->context, name, value ? value : "");
    return MHD_YES;
}

void http_each_header(
    http_exchange *exchange, void *context, void (*header)(void *context, const char *name, const char *value)) {
    header_visit visit = {context, header};
    MHD_get_connection_values(exchange->handle, MHD_HEADER_KIND, visit_header, &visit);
}

const char *http_remote_address(const http_exchange *exchange) {
    return exchange->connection ? exchange->connection->address : "";
}

void http_body_wanted(http_exchange *exchange) {
    pthread_mutex_lock(&exchange->lock);
    if (exchange->is_body_held && !exchange->is_over) {
        exchange->is_body_held = false;
        resume(exchange);
    } else {
        exchange->is_body_wanted = true;
    }
    pthread_mutex_unlock(&exchange->lock);
}

void http_rest(http_exchange *exchange) {
    pthread_mutex_lock(&exchange->lock);
    if (exchange->is_in_end || exchange->lingers) exchange->rests = true;
    else give_back(exchange);
    pthread_mutex_unlock(&exchange->lock);
}

bool http_client_left(http_exchange *exchange) {
    pthread_mutex_lock(&exchange->lock);
    bool left = exchange->is_over || (exchange->connection && client_has_ended(exchange->connection));
    pthread_mutex_unlock(&exchange->lock);
    return left;
}

void http_abort(http_exchange *exchange, const char *raw) {
    exchange->is_aborted = true;
    if (exchange->connection) close_now(exchange->connection, raw);
}

// MARK: The response

static void add_headers(struct MHD_Response *response, const char *const *headers, size_t count) {
    for (size_t index = 0; index + 1 < count; index += 2) {
        MHD_add_response_header(response, headers[index], headers[index + 1]);
    }
}

// Queues and lets go of a response, unless the exchange is over, answered or broken off: its loop then has the connection again.
static void queue(http_exchange *exchange, uint32_t status, struct MHD_Response *response) {
    if (!exchange->is_in_begin) pthread_mutex_lock(&exchange->lock);
    if (!exchange->is_over && !exchange->is_answered && !exchange->is_aborted) {
        exchange->is_answered = true;
        if (exchange->is_in_end || exchange->lingers) {
            exchange->response = response;
            exchange->status = status;
            response = NULL;
        } else {
            MHD_queue_response(exchange->handle, status, response);
            resume(exchange);
        }
    }
    if (!exchange->is_in_begin) pthread_mutex_unlock(&exchange->lock);
    if (response) MHD_destroy_response(response);
}

void http_answer(
    http_exchange *exchange, uint32_t status, const char *const *headers, size_t header_count, const uint8_t *body,
    size_t body_count) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body_count, (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
    add_headers(response, headers, header_count);
    queue(exchange, status, response);
}

void http_answer_stream(
    http_exchange *exchange, uint32_t status, const char *const *headers, size_t header_count, int64_t body_count,
    void *context, void (*drained)(void *context)) {
    pthread_mutex_lock(&exchange->lock);
    exchange->drain_context = context;
    exchange->drained = drained;
    pthread_mutex_unlock(&exchange->lock);
    struct MHD_Response *response = MHD_create_response_from_callback(
        body_count < 0 ? MHD_SIZE_UNKNOWN : (uint64_t)body_count,
        // Without a known length pieces are written into the connection's own memory, and the response's is not used.
        body_count < 0 ? 1 : 64 * 1024, on_body_wanted, exchange, NULL);
    add_headers(response, headers, header_count);
    queue(exchange, status, response);
}

bool http_push(http_exchange *exchange, const uint8_t *data, size_t count) {
    pthread_mutex_lock(&exchange->lock);
    bool is_open = !exchange->is_over && !exchange->is_finished;
    if (is_open) {
        size_t held = exchange->pending_end - exchange->pending_start;
        if (exchange->pending_end + count > exchange->pending_capacity) {
            if (exchange->pending_start > 0) {
                memmove(exchange->pending, exchange->pending + exchange->pending_start, held);
                exchange->pending_start = 0;
                exchange->pending_end = held;
            }
            if (held + count > exchange->pending_capacity) {
                exchange->pending_capacity = (held + count) * 2;
                exchange->pending = realloc(exchange->pending, exchange->pending_capacity);
            }
        }
        memcpy(exchange->pending + exchange->pending_end, data, count);
        exchange->pending_end += count;
        resume(exchange);
    }
    pthread_mutex_unlock(&exchange->lock);
    return is_open;
}

size_t http_pending(http_exchange *exchange) {
    pthread_mutex_lock(&exchange->lock);
    size_t pending = exchange->pending_end - exchange->pending_start;
    pthread_mutex_unlock(&exchange->lock);
    return pending;
}

void http_finish(http_exchange *exchange) {
    pthread_mutex_lock(&exchange->lock);
    exchange->is_finished = true;
    if (!exchange->is_over) resume(exchange);
    pthread_mutex_unlock(&exchange->lock);
}
