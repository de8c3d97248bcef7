internal import GraphQL

/// What a subscription shows: the root object of one execution.
struct SubscriptionEvent: ObjectValue {
    enum Subject: Sendable {
        case job(JobView)
        case batch(StoredBatch)
        case resume(ResumeView)
    }

    let subject: Subject

    var job: JobView? { if case .job(let job) = subject { job } else { nil } }
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

/// The next event of something that is followed, if there is one.
///
/// An event is read when it is asked for: a slow reader gets the newest state, not every one. What is watched is watched
/// before it is read, so that no change falls between.
struct SubscriptionEvents: AsyncSequence, Sendable {
    typealias Element = SubscriptionEvent
    /// Reads what is newer than a position, or else the present state.
    typealias Read = @Sendable (SubscriptionCursor.Position?) async throws -> SubscriptionReading

    private let event: SubscriptionEvent?

    /// Reads the event, and leaves in the request's ``SubscriptionDelivery`` what belongs to it.
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
        read: Read
    ) async throws {
        let context = try call.request()
        guard let delivery = context.delivery else {
            throw GraphQLError.unavailable("Subscriptions are not served here.")
        }
        let start = try delivery.cursor.map { text in
            guard let cursor = SubscriptionCursor(text), cursor.kind == kind, cursor.subject == subject else {
                throw GraphQLError.badInput(
                    "The cursor is not one of this subscription: send one that it gave, or none.",
                    field: "extensions.subscription.cursor"
                )
            }
            return cursor.position
        }
        delivery.watch { context.stores.changes.watch([topic]) }
        let reading = try await read(start)
        delivery.leave(
            SubscriptionDelivery.Mark(
                cursor: SubscriptionCursor(kind, of: subject, at: reading.position).text,
                hasChanged: reading.isNewer,
                isDone: reading.isDone,
                hasMore: reading.hasMore
            )
        )
        event = reading.isNewer || reading.isDone || !delivery.isPatient ? reading.event : nil
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(event: event) }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var event: SubscriptionEvent?

        mutating func next() async -> SubscriptionEvent? {
            defer { event = nil }
            return event
        }
    }
}
