internal import GraphQL

/// What a subscription shows: the root object of one execution.
struct SubscriptionEvent: ObjectValue {
    enum Subject: Sendable {
        case job(StoredJob)
        case batch(StoredBatch)
        case resume(ResumeView)
    }

    let subject: Subject

    var job: StoredJob? { if case .job(let job) = subject { job } else { nil } }
    var batch: StoredBatch? { if case .batch(let batch) = subject { batch } else { nil } }
    var resume: ResumeView? { if case .resume(let resume) = subject { resume } else { nil } }
}

/// What is followed, as it stands.
struct SubscriptionReading: Sendable {
    /// What is newer than the position that was asked from, or else the present state; nil where there is nothing to show.
    var event: SubscriptionEvent?
    /// Where to go on after it.
    var position: SubscriptionCursor.Position
    /// Whether it is newer than the position that was asked from.
    var isNewer: Bool
    /// Whether it will not change any more.
    var isDone = false
    /// Whether there is more to show already.
    var hasMore = false
}

/// Follows something that changes.
///
/// Each event is read when it is asked for: a slow reader gets the newest state, not every one. What is watched is watched
/// before it is read, so that no change falls between.
struct SubscriptionEvents: AsyncSequence, Sendable {
    typealias Element = SubscriptionEvent
    /// Reads what is newer than a position, or else the present state.
    typealias Read = @Sendable (SubscriptionCursor.Position?) async throws -> SubscriptionReading

    let kind: SubscriptionCursor.Kind
    let subject: ObjectID
    let start: SubscriptionCursor.Position?
    let delivery: SubscriptionDelivery
    let watch: ChangeWatch
    let read: Read
    /// Read when the client subscribed.
    let first: SubscriptionReading

    /// A stream shows changes of one thing no more often than this.
    private static let leastGap = Duration.milliseconds(100)

    /// Begins to follow.
    ///
    /// - Parameters:
    ///   - kind: Which subscription: a cursor of another is refused.
    ///   - subject: The job or batch.
    ///   - topic: What tells of changes.
    ///   - call: Of the subscription's field.
    ///   - read: Reads what is followed.
    /// - Throws: ``GraphQLError`` for a wrong cursor; what `read` throws.
    init(
        _ kind: SubscriptionCursor.Kind,
        of subject: ObjectID,
        on topic: ChangeTopic,
        _ call: FieldCall,
        read: @escaping Read
    ) async throws {
        let context = try call.request()
        guard let delivery = context.delivery else {
            throw GraphQLError.unavailable("Subscriptions are not served here.")
        }
        start = try delivery.cursor.map { text in
            guard let cursor = SubscriptionCursor(text), cursor.kind == kind, cursor.subject == subject else {
                throw GraphQLError.badInput(
                    "The cursor is not one of this subscription: send one that it gave, or none.",
                    field: "extensions.subscription.cursor"
                )
            }
            return cursor.position
        }
        self.kind = kind
        self.subject = subject
        self.delivery = delivery
        self.read = read
        watch = context.stores.changes.watch([topic])
        first = try await read(start)
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(events: self) }

    struct AsyncIterator: AsyncIteratorProtocol {
        private let events: SubscriptionEvents
        private var position: SubscriptionCursor.Position?
        private var reading: SubscriptionReading?
        private var isOver = false
        private var isWaiting = false
        private var lastShown: ContinuousClock.Instant?

        init(events: SubscriptionEvents) {
            self.events = events
            position = events.start
            reading = events.first
        }

        mutating func next() async throws -> SubscriptionEvent? {
            guard !isOver else { return nil }
            while true {
                let reading: SubscriptionReading
                if let first = self.reading {
                    reading = first
                    self.reading = nil
                } else {
                    reading = try await events.read(position)
                }
                if reading.isNewer { return show(reading) }
                if reading.isDone { return end(reading) }
                let deadline = events.delivery.deadline
                if let deadline, deadline <= .now { return end(reading) }
                if !isWaiting {
                    try events.delivery.beginWaiting()
                    isWaiting = true
                }
                try await settle()
                switch try await events.watch.next(until: deadline) {
                case .changed: continue
                // Once more, since a change can come with the bell.
                case .timedOut: continue
                case .closing: return end(reading)
                }
            }
        }

        private mutating func show(_ reading: SubscriptionReading) -> SubscriptionEvent? {
            position = reading.position
            isOver = reading.isDone || events.delivery.pace != .stream
            leaveMark(reading, hasChanged: true)
            lastShown = .now
            return reading.event
        }

        /// Nothing newer comes: a poll is given the present state, a stream ends.
        private mutating func end(_ reading: SubscriptionReading) -> SubscriptionEvent? {
            isOver = true
            leaveMark(reading, hasChanged: false)
            return events.delivery.pace == .stream ? nil : reading.event
        }

        private func leaveMark(_ reading: SubscriptionReading, hasChanged: Bool) {
            let cursor = SubscriptionCursor(events.kind, of: events.subject, at: reading.position)
            events.delivery.leave(
                SubscriptionDelivery.Mark(
                    cursor: cursor.text,
                    hasChanged: hasChanged,
                    isDone: reading.isDone,
                    hasMore: reading.hasMore
                )
            )
        }

        /// Lets changes that follow each other closely become one event of a stream.
        private func settle() async throws {
            guard events.delivery.pace == .stream, let lastShown else { return }
            try await Task.sleep(until: lastShown + SubscriptionEvents.leastGap, clock: .continuous)
        }
    }
}
