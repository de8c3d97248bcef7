internal import CHTTP
internal import Foundation
internal import Synchronization

/// Listens, and answers requests by routes.
///
/// A thread for each loop of libmicrohttpd; tasks answer, on these threads where ``Answering`` says so.
final class HTTPHost: Sendable {
    /// Where the tasks run that answer.
    struct Answering: Sendable {
        /// Begins a task.
        ///
        /// Where `isHere`, that is on a thread that runs a loop, the task may also run there as long as it does not wait.
        var begin: @Sendable (_ isHere: Bool, _ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> =
            {
                _,
                operation in Task { await operation() }
            }
        /// Runs a loop on the calling thread, which may do parts of tasks now and then.
        var run: @Sendable (_ loop: @escaping @Sendable () -> Void) -> Void = { loop in loop() }
        /// Whether the calling thread, a loop's own, has kept something to do; nil where it never has.
        var hasWork: (@Sendable () -> Bool)?
        /// Does it, and may block: a stand-in runs the loop where that takes long.
        var work: @Sendable () -> Void = {}
        /// Has other threads do what is kept where ``work`` takes long.
        var relieve: @Sendable () -> Void = {}
    }

    /// Limits; all are on by default.
    struct Options: Sendable {
        /// Numeric.
        var host = "127.0.0.1"
        /// 0 picks a free one.
        var port = 8080
        /// Threads that read requests and write answers; a connection stays with one of them.
        ///
        /// Those of a server answer between whiles, and wait for MongoDB then, so there are some more than processors; with many
        /// more each finds too little to do when it wakes.
        var loops = min(16, 2 + ProcessInfo.processInfo.activeProcessorCount)
        var maxConnections = 16_000
        /// 0 for no bound.
        ///
        /// A quarter of all: nobody takes the server away from the others alone, and an office or a proxy behind one address
        /// still has room for thousands who wait for news.
        var maxConnectionsPerAddress = 4_000
        /// Without a byte, a connection is closed after so long.
        var idleSeconds = 60
        /// From the first chance of a request to the end of its headers; also how long a quiet connection is kept.
        var headerSeconds = 75
        /// From the end of the headers to the end of the body, and a second more for each ``bodyBytesPerSecond`` that came.
        var bodySeconds = 60
        /// Slower than this over a longer time, a client is cut off: half of what the slowest mobile network gives.
        var bodyBytesPerSecond = 16 << 10
        /// So long after ``HTTPHost/drain()``, whoever is not answered whole is cut off.
        var drainSeconds = 20
        /// Request line and headers together.
        var maxHeaderBytes = 32 << 10
    }

    /// The port that is listened on.
    let port: Int
    private let loops: Int
    private let daemon: Daemon
    private let events: Events

    /// Listens from now on; connections wait until ``run()``.
    ///
    /// - Parameters:
    ///   - options: Limits.
    ///   - finish: Completes the header fields of every response, also of those by which requests are refused. May be called
    ///     on the loop's thread.
    ///   - observer: Is told of requests, answers and bytes.
    ///   - answering: Where tasks run; by default on Swift's pool.
    ///   - route: Says what to do with a request. Called on the thread that runs the loop.
    /// - Throws: ``HTTPHostError/cannotListen(host:port:errno:)``.
    init(
        options: Options,
        finish: @escaping @Sendable (inout HTTPResponse, HTTPRequest) -> Void = { _, _ in },
        observer: (any HTTPObserver)? = nil,
        answering: Answering = Answering(),
        route: @escaping @Sendable (HTTPRequest) -> HTTPRoute
    ) throws(HTTPHostError) {
        events = Events(route: route, finish: finish, observer: observer, answering: answering)
        loops = max(1, options.loops)
        daemon = try Daemon(options: options, loops: loops, events: events)
        port = daemon.port
    }

    /// How many connections are open.
    var connections: Int { daemon.connections }

    /// Answers requests until ``drain()`` was called and the last of them is answered.
    ///
    /// Called once.
    func run() async {
        await withTaskGroup { [daemon, answering = events.answering] group in
            for loop in 0..<loops {
                group.addTask { await Self.onThread("http-\(loop)") { answering.run { daemon.run(loop) } } }
                guard answering.hasWork != nil else { continue }
                group.addTask { await Self.onThread("http-\(loop)-too") { daemon.standIn(loop) } }
            }
            if answering.hasWork != nil { group.addTask { await Self.onThread("http-watch") { daemon.watch() } } }
        }
        await events.tasks.whenNoneRuns()
        daemon.destroy()
    }

    private static func onThread(_ name: String, _ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                body()
                continuation.resume()
            }
            thread.name = name
            thread.start()
        }
    }

    /// Accepts no more connections; what is under way is answered, as far as ``Options/drainSeconds`` allow.
    func drain() { daemon.stop() }

}

/// Counts the tasks that answer.
final class RunningTasks: Sendable {
    private struct State {
        var count = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func begin() { state.withLock { $0.count += 1 } }

    func end() {
        let waiter = state.withLock { state in
            state.count -= 1
            guard state.count == 0 else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns once there is none, when no more are begun.
    ///
    /// Called once.
    func whenNoneRuns() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.count > 0 { state.waiter = continuation }
                return state.count == 0
            }
            if isIdle { continuation.resume() }
        }
    }
}

/// What the callbacks need.
///
/// Alive as long as the daemon.
final class Events: Sendable {
    let route: @Sendable (HTTPRequest) -> HTTPRoute
    let tasks = RunningTasks()
    let observer: (any HTTPObserver)?
    let answering: HTTPHost.Answering
    private let addFields: @Sendable (inout HTTPResponse, HTTPRequest) -> Void
    private let lastNumber = Atomic<UInt64>(0)
    /// Tells requests of different starts of the server apart.
    private let start = String(UInt32.random(in: 0...UInt32.max), radix: 36) + "-"

    init(
        route: @escaping @Sendable (HTTPRequest) -> HTTPRoute,
        finish: @escaping @Sendable (inout HTTPResponse, HTTPRequest) -> Void,
        observer: (any HTTPObserver)?,
        answering: HTTPHost.Answering
    ) {
        self.route = route
        self.observer = observer
        self.answering = answering
        addFields = finish
    }

    /// The response with the fields that every response has, unless it says otherwise itself.
    func finished(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var response = response
        response.fields.fill("X-Request-Id", request.id)
        // Nothing here is a script or a style sheet by accident, and no link tells where it stood.
        response.fields.fill("X-Content-Type-Options", "nosniff")
        response.fields.fill("Referrer-Policy", "no-referrer")
        addFields(&response, request)
        return response
    }

    func nextID() -> String {
        var rest = lastNumber.add(1, ordering: .relaxed).newValue
        return start
            + (unsafe String(unsafeUninitializedCapacity: Self.maxDigits) { digits in
                // From the end, and then moved to the start.
                var place = Self.maxDigits
                repeat {
                    place -= 1
                    let digit = UInt8(truncatingIfNeeded: rest % 36)
                    unsafe digits[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
                    rest /= 36
                } while rest > 0
                for index in place..<Self.maxDigits { unsafe digits[index - place] = digits[index] }
                return Self.maxDigits - place
            })
    }

    /// Of 64 bits to the base 36.
    private static let maxDigits = 13
}

/// One `http_daemon`.
///
/// `@unchecked Sendable`: `run` and `standIn` are called once for each loop, `watch` once, `destroy` after all returned, the
/// rest from any thread.
@safe private final class Daemon: @unchecked Sendable {
    private let handle: OpaquePointer
    private let isGone = Mutex(false)

    init(options: HTTPHost.Options, loops: Int, events: Events) throws(HTTPHostError) {
        var error: Int32 = 0
        let made = unsafe options.host.withCString { host in
            var cOptions = unsafe http_options(
                host: host,
                port: UInt16(clamping: options.port),
                loops: UInt32(clamping: loops),
                max_connections: UInt32(clamping: options.maxConnections),
                max_connections_per_address: UInt32(clamping: options.maxConnectionsPerAddress),
                idle_seconds: UInt32(clamping: options.idleSeconds),
                header_seconds: UInt32(clamping: options.headerSeconds),
                body_seconds: UInt32(clamping: options.bodySeconds),
                body_bytes_per_second: UInt32(clamping: max(1, options.bodyBytesPerSecond)),
                drain_seconds: UInt32(clamping: options.drainSeconds),
                max_header_bytes: options.maxHeaderBytes
            )
            var cEvents = unsafe http_events(
                context: Unmanaged.passUnretained(events).toOpaque(),  // the host keeps it alive
                has_work: events.answering.hasWork == nil ? nil : loopHasWork,
                work: loopWorks,
                relieve: loopWorksLong,
                begin: exchangeDidBegin,
                body: exchangeDidReceive,
                end: exchangeDidEndBody,
                done: exchangeIsDone
            )
            return unsafe http_start(&cOptions, &cEvents, &error)
        }
        guard let made = unsafe made else {
            throw .cannotListen(host: options.host, port: options.port, errno: error)
        }
        unsafe handle = made
    }

    var port: Int { Int(unsafe http_port(handle)) }
    var connections: Int { isGone.withLock { $0 ? 0 : Int(unsafe http_connections(handle)) } }
    func run(_ loop: Int) { unsafe http_run(handle, UInt32(clamping: loop)) }
    func standIn(_ loop: Int) { unsafe http_stand_in(handle, UInt32(clamping: loop)) }
    func watch() { unsafe http_watch(handle) }
    func stop() { isGone.withLock { if !$0 { unsafe http_stop(handle) } } }

    func destroy() {
        isGone.withLock { isGone in
            if !isGone { unsafe http_destroy(handle) }
            isGone = true
        }
    }
}
