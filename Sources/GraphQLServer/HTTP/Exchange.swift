internal import CHTTP
internal import Glibc
internal import Synchronization

/// One request and its response.
///
/// The loop's thread feeds it, a task answers it. The C exchange behind it is reachable only under the lock and only until
/// `done` took it away, so that an answer which comes too late does nothing.
///
/// `@unchecked Sendable`: `state` guards all that varies.
final class Exchange: @unchecked Sendable {
    struct State {
        /// Nil once the exchange is over.
        var handle: Handle?
        var collected: [UInt8] = []
        var received = 0
        var bodyEnded = false
        /// Answered before the body was whole: sent when it is.
        var early: HTTPResponse?
        var isAnswered = false
        var task: Task<Void, Never>?
        /// How many tasks were begun for this, one after the other.
        var runs = 0
        /// What goes on after a pause; nil where there is none.
        var paused: (@Sendable () async -> Void)?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var drain: CheckedContinuation<Void, Never>?
    }

    /// The C exchange.
    ///
    /// `@unchecked Sendable`: used under the lock alone.
    @safe struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    let request: HTTPRequest
    let route: HTTPRoute
    /// What all exchanges share.
    let events: Events
    let begun = ContinuousClock.now
    let state: Mutex<State>

    init(request: HTTPRequest, route: HTTPRoute, handle: Handle, events: Events) {
        self.request = request
        self.route = route
        self.events = events
        state = Mutex(State(handle: handle))
    }

    var maxBytes: Int {
        switch route {
        case .collect(let maxBytes, _), .stream(let maxBytes, _): maxBytes
        case .answer: 0
        }
    }

    // MARK: - From the loop's thread

    /// Takes a piece of the body; returns how much of it, or nil where the body is longer than allowed.
    func receive(_ data: UnsafeRawBufferPointer) -> Int? {
        let taken = unsafe take(data)
        events.observer?.received(taken ?? data.count)
        return taken
    }

    private func take(_ data: UnsafeRawBufferPointer) -> Int? {
        var resume: (() -> Void)?
        let taken: Int? = state.withLock { state in
            if state.isAnswered || state.early != nil { return data.count }  // read to its end, and dropped
            guard state.received + data.count <= maxBytes else { return nil }
            guard case .stream = route else {
                unsafe state.collected.append(contentsOf: data)
                state.received += data.count
                return data.count
            }
            if let reader = state.reader {
                state.reader = nil
                state.received += data.count
                let piece = unsafe Array(data)
                resume = { reader.resume(returning: piece) }
                return data.count
            }
            // Nobody reads yet: keep one piece, hold the client back for the rest.
            guard state.collected.isEmpty else { return 0 }
            state.collected = unsafe Array(data)
            state.received += data.count
            return data.count
        }
        resume?()
        return taken
    }

    /// The body is whole.
    ///
    /// Returns an answer that was given before.
    func endBody() -> HTTPResponse? {
        var resume: (() -> Void)?
        let early: HTTPResponse? = state.withLock { state in
            state.bodyEnded = true
            if let reader = state.reader {
                state.reader = nil
                resume = { reader.resume(returning: nil) }
            }
            defer { state.early = nil }
            return state.early
        }
        resume?()
        return early
    }

    /// The exchange is over: whoever waits for the client is told.
    func end() {
        // What was to go on is let go of outside the lock.
        let (reader, drain, task, _) = state.withLock { state in
            state.handle = nil
            defer {
                state.reader = nil
                state.drain = nil
                state.task = nil
                state.paused = nil
            }
            return (state.reader, state.drain, state.task, state.paused)
        }
        reader?.resume(throwing: HTTPHostError.clientLeft)
        drain?.resume()
        task?.cancel()
    }

    /// Everything pushed was handed to the network.
    func didDrain() {
        let drain = state.withLock { state in
            defer { state.drain = nil }
            return state.drain
        }
        drain?.resume()
    }

    // MARK: - From tasks

    /// The collected body, which is given away.
    func takeBody() -> [UInt8] {
        state.withLock { state in
            defer { state.collected = [] }
            return state.collected
        }
    }

    /// Answers in a task of its own: a client that leaves cancels its own request and nothing else.
    func start() { run(isHere: true) { await self.respond() } }

    private func run(isHere: Bool, _ work: @escaping @Sendable () async -> Void) {
        events.tasks.begin()
        let number = state.withLock { state in
            state.runs += 1
            return state.runs
        }
        let task = events.answering.begin(isHere) { [self] in
            await work()
            events.tasks.end()
        }
        let isOver = state.withLock { state in
            // It may have come to a pause already, and be followed by another.
            if state.handle != nil, state.paused == nil, state.runs == number { state.task = task }
            return state.handle == nil
        }
        if isOver { task.cancel() }
    }

    /// Ends the task that answers, and goes on with `work` in another one after the pause.
    private func pause(_ pause: HTTPPause, _ work: @escaping @Sendable () async -> Void) {
        let isOpen = state.withLock { state in
            guard let handle = state.handle else { return false }
            state.task = nil
            state.paused = work
            unsafe http_rest(handle.pointer)
            return true
        }
        if isOpen { pause.wait { self.proceed() } }
    }

    private func proceed() {
        let work = state.withLock { state in
            defer { state.paused = nil }
            return state.paused
        }
        // Whoever ends a pause ends those of many others.
        if let work { run(isHere: false, work) }
    }

    private func respond() async {
        switch route {
        case .collect(_, let respond):
            // The task's copy alone: an exchange that held itself would never go.
            var request = request
            request.client = HTTPClient(exchange: self)
            await answer(await respond(request, takeBody()))
        case .stream(_, let respond):
            await answer(await respond(request, HTTPBodyReader(exchange: self)))
        case .answer(let response):
            await answer(response)
        }
    }

    /// Whether the client has closed its connection.
    var clientLeft: Bool {
        state.withLock { state in
            guard let handle = state.handle else { return true }
            return unsafe http_client_left(handle.pointer)
        }
    }

    /// Cancels the task that answers, or ends its pause for good.
    func cancel() {
        let (task, paused, isAnswered) = state.withLock { state in
            defer { state.paused = nil }
            return (state.task, state.paused, state.isAnswered)
        }
        task?.cancel()
        guard paused != nil else { return }
        if isAnswered { finish() } else { begin(.text(503, "The client left."), isHeard: false) }
    }

    /// Answers.
    ///
    /// A second answer, or one that comes when the client has left, is dropped.
    func answer(_ response: HTTPResponse) async {
        if case .later(let pause, let respond) = response.body {
            return self.pause(pause) { await self.answer(await respond()) }
        }
        let isReady = state.withLock { state in
            guard state.handle != nil, !state.isAnswered, state.early == nil else { return false }
            if state.bodyEnded { return true }
            state.early = response
            // The rest of the body is read and dropped.
            if let handle = state.handle { unsafe http_body_wanted(handle.pointer) }
            return false
        }
        if isReady { await send(response) }
    }

    /// Sends `response`, and writes its body where it is a stream.
    func send(_ response: HTTPResponse) async {
        guard begin(response), case .stream(_, let write) = response.body else { return }
        await push(write)
    }

    private func push(_ write: @escaping @Sendable (HTTPBodyWriter) async throws -> HTTPPause?) async {
        // A body that fails in the middle ends early: the client sees a transfer that is not whole.
        if let pause = try? await write(HTTPBodyWriter(exchange: self)) {
            return self.pause(pause) { await self.push(write) }
        }
        finish()
    }

    private func finish() {
        state.withLock { state in
            if let handle = state.handle { unsafe http_finish(handle.pointer) }
        }
    }

    /// Sends `response`, or the head of one whose body is a stream.
    ///
    /// - Parameters:
    ///   - response: No pause.
    ///   - isHeard: Whether there is a client still.
    /// - Returns: False when the exchange is over or answered.
    @discardableResult
    func begin(_ response: HTTPResponse, isHeard: Bool = true) -> Bool {
        let response = events.finished(response, to: request)
        let isFirst = state.withLock { state in
            guard let handle = state.handle, !state.isAnswered else { return false }
            state.isAnswered = true
            let status = UInt32(clamping: response.status)
            unsafe withCStrings(response.fields) { fields in
                switch response.body {
                case .bytes(let bytes):
                    unsafe bytes.withUnsafeBufferPointer { bytes in
                        unsafe http_answer(
                            handle.pointer,
                            status,
                            fields.baseAddress,
                            fields.count,
                            bytes.baseAddress,
                            bytes.count
                        )
                    }
                case .later: preconditionFailure("a pause is no response")
                case .stream(let byteCount, _):
                    // Alive until the C exchange is over, as that holds a reference until then.
                    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
                    unsafe http_answer_stream(
                        handle.pointer,
                        status,
                        fields.baseAddress,
                        fields.count,
                        Int64(byteCount ?? -1),
                        context,
                        exchangeDidDrain
                    )
                }
            }
            return true
        }
        if isFirst, isHeard, let observer = events.observer {
            observer.answered(request, status: response.status, after: .now - begun)
            if case .bytes(let bytes) = response.body { observer.sent(bytes.count) }
        }
        return isFirst
    }
}

/// Lends fields as alternating names and values, without what would end a line or the text.
private func withCStrings(_ fields: HTTPFields, _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Void) {
    let entries = fields.entries
    let size = entries.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { bytes in
        unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: 2 * entries.count) { pointers in
            var (end, count) = (0, 0)
            func add(_ text: String) {
                let target = unsafe bytes.baseAddress.map { unsafe $0 + end }
                unsafe pointers.initializeElement(at: count, to: UnsafePointer(target))
                count += 1
                var text = text
                text.withUTF8 { utf8 in
                    for place in utf8.indices {
                        let byte = unsafe utf8[place]
                        if byte <= 0x0D, byte == 0 || byte == 0x0A || byte == 0x0D { continue }
                        unsafe bytes[end] = CChar(bitPattern: byte)
                        end &+= 1
                    }
                }
                unsafe bytes[end] = 0
                end &+= 1
            }
            for (name, value) in entries {
                add(name)
                add(value)
            }
            unsafe body(UnsafeBufferPointer(pointers))
        }
    }
}

@c func exchangeDidDrain(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().didDrain()
}
