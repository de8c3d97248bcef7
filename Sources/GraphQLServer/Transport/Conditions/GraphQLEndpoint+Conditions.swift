internal import GraphQL
internal import Schema

/// Conditional requests: an answer that the client has is not sent again, and can be waited for until it is another one.
///
/// - Source: RFC 9110, §13.1.2; RFC 7240, §4.3.
extension GraphQLEndpoint {
    /// A query with what it takes to answer it again and again.
    ///
    /// A class, since each step of the way holds it.
    private final class Query: Sendable {
        let context: RequestContext
        let question: AnswerValidators.Question
        let waiting: Waiting

        init(context: RequestContext, question: AnswerValidators.Question, waiting: Waiting) {
            self.context = context
            self.question = question
            self.waiting = waiting
        }

        var form: ResponseMediaType { question.form }
    }

    /// An answer with what tells it from others.
    private struct Tagged {
        var response: HTTPResponse
        /// Nil for an answer with errors.
        var tag: AnswerTag?
        /// The states that it was made from; nil where it hangs on something else.
        var versions: AnswerTag.Versions?
    }

    /// An answer that the client has.
    private struct Held {
        /// As the client sent it: a cache knows its answer by it.
        let text: String
        let tag: AnswerTag
        let versions: AnswerTag.Versions?

        var topics: Set<ChangeTopic> { versions.map { Set($0.keys) } ?? [.anything] }
    }

    /// A query under a condition.
    private struct Condition: Sendable {
        let query: Query
        /// The answers that the client has.
        let sent: [(text: String, tag: AnswerTag)]
        /// How long it would wait for another one; nil where it said nothing of that.
        let patience: Duration?
        let deadline: ContinuousClock.Instant
        let place: WaitingRoom.Place
    }

    /// What hangs on changes of any kind is made again no more often than this.
    private static let leastGap = Duration.seconds(1)
    /// What these give hangs on the jobs and batches that they read; of other fields that is not known.
    private static let followedFields: Set<String> = ["job", "batch", "node", "nodes", "__typename"]

    /// Answers a query, or says that the client has the answer already.
    ///
    /// - Parameters:
    ///   - request: With the conditions in its fields.
    ///   - plan: Of a query.
    ///   - variables: As sent.
    ///   - context: For the resolvers.
    ///   - form: A single answer's.
    ///   - waiting: What waits have in common.
    /// - Returns: The answer with its tag, or `304`.
    /// - Throws: ``Refusal`` where too many wait.
    func answerUnlessHeld(
        _ request: HTTPRequest,
        _ plan: OperationPlan,
        _ variables: Value.Object,
        _ context: RequestContext,
        _ form: ResponseMediaType,
        _ waiting: Waiting
    ) async throws(Refusal) -> HTTPResponse {
        let question = AnswerValidators.Question(
            plan: plan,
            variables: variables,
            recruiter: context.recruiterID,
            form: form
        )
        let query = Query(context: context, question: question, waiting: waiting)
        let sent = AnswerTag.list(request.fields.values("If-None-Match"))
        guard !sent.isEmpty else {
            let made = await make(query, before: .now + options.timeout)
            // A client that means any answer cannot wait for another, nor has POST a stored one.
            let isAnyHeld = request.method == "GET" && request.fields["If-None-Match"] == "*"
            return if isAnyHeld, let tag = made.tag { Self.notModified(tag.text) } else { made.response }
        }
        let patience = WaitPreference.read(request.fields)
        let condition = Condition(
            query: query,
            sent: sent,
            patience: patience,
            deadline: .now + (patience ?? .zero),
            place: waiting.room.place(of: context.recruiterID, at: context.client, request.client)
        )
        // Of several the first whose states are known is looked at; the others are told by their digests.
        let held = sent.lazy.compactMap { text, tag in
            waiting.validators.versions(of: tag, question).map { Held(text: text, tag: tag, versions: $0) }
        }.first
        return try await answer(condition, held, watch: nil)
    }

    /// Answers a condition, or pauses.
    ///
    /// - Parameters:
    ///   - condition: What is asked.
    ///   - held: The answer that the client has, as far as it is known.
    ///   - watch: Of the pause before; nil for the first attempt.
    /// - Returns: Another answer, `304`, or a pause.
    /// - Throws: ``Refusal`` where too many wait.
    private func answer(
        _ condition: Condition,
        _ held: Held?,
        watch: ChangeWatch?
    ) async throws(Refusal) -> HTTPResponse {
        let (query, patience) = (condition.query, condition.patience)
        var (held, watch) = (held, watch)
        while true {
            // Listen first, then look: no change falls between.
            let topics = held?.topics ?? [.anything]
            if patience != nil, watch?.topics != topics { watch = query.waiting.changes.watch(topics) }
            let deadline = ContinuousClock.now + options.timeout
            if let versions = held?.versions,
                await areCurrent(versions, query, before: patience == nil ? nil : deadline)
            {
                // Nothing has changed.
            } else {
                let made = await make(query, before: deadline)
                guard let digest = made.tag?.digest,
                    let (text, tag) = condition.sent.first(where: { $0.tag.digest == digest })
                else { return Self.applied(made.response, patience) }
                if let versions = made.versions { query.waiting.validators.remember(tag, query.question, versions) }
                held = Held(text: text, tag: tag, versions: made.versions)
            }
            guard let held else { preconditionFailure("nothing is held that was found to be the same") }
            guard let watch, .now < condition.deadline, !watch.isClosing else {
                return Self.applied(Self.notModified(held.text), patience)
            }
            if watch.topics != held.topics { continue }
            try take(condition.place, query.form)
            return wait(condition, held, watch)
        }
    }

    private func wait(_ condition: Condition, _ held: Held, _ watch: ChangeWatch) -> HTTPResponse {
        .later(HTTPPause { end in watch.wait(until: condition.deadline) { _ in end() } }) { [self] in
            if held.versions == nil, !watch.isClosing, .now < condition.deadline {
                try? await Task.sleep(for: Self.leastGap)
            }
            do throws(Refusal) {
                return try await answer(condition, held, watch: watch)
            } catch {
                return error.response
            }
        }
    }

    /// Whether nothing has changed.
    ///
    /// - Parameters:
    ///   - versions: The states of the answer that the client has.
    ///   - query: What is asked.
    ///   - deadline: Nil for who does not wait: for each answer at once a clock would cost a third.
    /// - Returns: False also where that cannot be told.
    private func areCurrent(
        _ versions: AnswerTag.Versions,
        _ query: Query,
        before deadline: ContinuousClock.Instant?
    ) async -> Bool {
        guard let recruiter = query.context.recruiterID else { return false }
        let changes = query.waiting.changes
        let read: AnswerTag.Versions?
        if let deadline {
            read =
                await value(before: deadline, on: executable.options.executor) {
                    try? await changes.versions(of: Set(versions.keys), of: recruiter)
                } ?? nil
        } else {
            read = try? await changes.versions(of: Set(versions.keys), of: recruiter)
        }
        // What cannot be read is told by the operation itself.
        guard let found = read else { return false }
        return versions.allSatisfy { topic, version in (found[topic] ?? AnswerDependencies.absent) == version }
    }

    /// Executes the query.
    private func make(_ query: Query, before deadline: ContinuousClock.Instant) async -> Tagged {
        var context = query.context
        let dependencies = AnswerDependencies()
        context.dependencies = dependencies
        var made = Tagged(
            response: await run(query.question.plan, query.question.variables, context, query.form, before: deadline)
        )
        // An error may be gone with the next attempt, and so has no tag.
        guard made.response.status == 200, case .bytes(let bytes) = made.response.body, !bytes.starts(with: Self.errors)
        else { return made }
        if let versions = dependencies.versions, query.question.plan.selectsAtRoot(only: Self.followedFields) {
            made.versions = versions
        }
        let tag = query.waiting.validators.tag(bytes, query.question, made.versions)
        made.tag = tag
        made.response.fields["ETag"] = tag.text
        return made
    }

    /// How an answer with errors begins.
    private static let errors = Array("{\"errors\"".utf8)

    private static func notModified(_ tag: String) -> HTTPResponse {
        HTTPResponse(status: 304, fields: ["ETag": tag, "Vary": "Accept"])
    }

    private static func applied(_ response: HTTPResponse, _ patience: Duration?) -> HTTPResponse {
        guard patience != nil else { return response }
        var response = response
        response.fields["Preference-Applied"] = "wait"
        return response
    }
}
