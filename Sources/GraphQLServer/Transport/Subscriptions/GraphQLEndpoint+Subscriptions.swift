internal import GraphQL
internal import Schema

/// Subscriptions: polled as single answers, or streamed.
extension GraphQLEndpoint {
    /// Answers a subscription.
    ///
    /// - Parameters:
    ///   - request: With `Last-Event-ID` where a stream goes on.
    ///   - plan: Of a subscription.
    ///   - parameters: With `extensions.subscription`.
    ///   - context: For the resolvers.
    ///   - form: Of a single answer or a stream.
    ///   - waiting: What waits have in common.
    /// - Returns: A single answer; or a stream, whose events are found while it is written.
    /// - Throws: ``Refusal``.
    func subscribe(
        _ request: HTTPRequest,
        _ plan: OperationPlan,
        _ parameters: OperationRequest,
        _ context: RequestContext,
        _ form: ResponseMediaType,
        _ waiting: Waiting
    ) async throws(Refusal) -> HTTPResponse {
        let place = waiting.room.place(of: context.recruiterID, at: context.client, request.client)
        let wish: SubscriptionRequest
        do throws(GraphQLError) {
            wish = try SubscriptionRequest(parameters.extensions, lastEventID: request.fields["Last-Event-ID"])
        } catch {
            throw refusal(error, .requestError, form)
        }
        let followed = Followed(plan: plan, variables: parameters.variables, context: context, form: form, place: place)
        guard let framing = ResultFraming(form) else { return await poll(followed, Patience(wish), watch: nil) }
        do throws(GraphQLError) {
            try place.take()
        } catch {
            throw Refusal(response: unfinished(ExecutionResult(RequestErrors([error])), framing, form))
        }
        let stream = EventStream(endpoint: self, followed: followed, framing: framing, cursor: wish.cursor)
        return HTTPResponse(
            status: 200,
            fields: Self.streamFields(form),
            body: .stream(byteCount: nil) { [id = request.id] writer in
                try await CurrentRequest.$id.withValue(id) { try await stream.write(to: writer) }
            }
        )
    }

    /// A subscription with what it takes to ask for one event after the other.
    struct Followed: Sendable {
        let plan: OperationPlan
        let variables: Value.Object
        let context: RequestContext
        let form: ResponseMediaType
        let place: WaitingRoom.Place
    }

    /// What asking for the next event gave.
    enum Next: Sendable {
        case event(ExecutionResult, SubscriptionDelivery.Mark)
        /// An event that could not be shown whole, and maybe can be at the next attempt: the client is where it was.
        case unshown(ExecutionResult)
        /// Nothing that is newer, or nothing at all for who does not wait.
        case nothing(SubscriptionDelivery.Mark, ChangeWatch)
        case failed(ExecutionResult)
    }

    /// Asks for the next event.
    ///
    /// - Parameters:
    ///   - followed: The subscription.
    ///   - delivery: For this event.
    /// - Returns: Without waiting for any change.
    func next(of followed: Followed, _ delivery: SubscriptionDelivery) async -> Next {
        let start = ContinuousClock.now
        let found = await value(before: start + options.timeout, on: executable.options.executor) {
            await self.attempt(followed, delivery)
        }
        let late = Self.error("The operation took too long.", "TIMED_OUT")
        let next = found ?? .unshown(ExecutionResult(errors: [late], hasData: true))
        switch next {
        case .event(let result, _):
            observe?(followed.plan.operation, result.errors.isEmpty ? .ok : .errors, .now - start)
        case .unshown: observe?(followed.plan.operation, .errors, .now - start)
        case .failed: observe?(followed.plan.operation, .refused, .now - start)
        case .nothing: break
        }
        return next
    }

    private func attempt(_ followed: Followed, _ delivery: SubscriptionDelivery) async -> Next {
        var context = followed.context
        context.delivery = delivery
        context.now = .now
        switch await followed.plan.subscribe(variables: followed.variables, context: context) {
        case .failed(let result):
            var refused = ExecutionResult(RequestErrors(result.errors.map { Self.coded($0, "BAD_USER_INPUT") }))
            refused.extensions = Self.goneExtensions(result.errors)
            return .failed(refused)
        case .events(let events):
            var iterator = events.makeAsyncIterator()
            do {
                guard let mark = delivery.mark, let watch = delivery.watch else {
                    preconditionFailure("a subscription without a mark")
                }
                guard let result = try await iterator.next() else { return .nothing(mark, watch) }
                return Self.isIncomplete(result) ? .unshown(result) : .event(result, mark)
            } catch {
                let shown = (error as? GraphQLError) ?? executable.options.maskError(error, ResponsePath())
                return .failed(ExecutionResult(RequestErrors([shown])))
            }
        }
    }

    /// Takes a place for who is about to wait, or refuses that.
    func take(_ place: WaitingRoom.Place, _ form: ResponseMediaType) throws(Refusal) {
        do throws(GraphQLError) {
            try place.take()
        } catch {
            throw refusal(error, .requestError, form)
        }
    }

    // MARK: - One event

    /// How a poll waits.
    private struct Patience: Sendable {
        let cursor: String?
        let deadline: ContinuousClock.Instant
        /// Whether the client asked to wait at all.
        let isWaiting: Bool

        init(_ wish: SubscriptionRequest) {
            cursor = wish.cursor
            isWaiting = wish.wait > .zero
            deadline = .now + (wish.cursor == nil ? .zero : wish.wait)
        }
    }

    private func poll(_ followed: Followed, _ patience: Patience, watch: ChangeWatch?) async -> HTTPResponse {
        let isPatient = patience.deadline > .now && watch?.isClosing != true
        let delivery = SubscriptionDelivery(cursor: patience.cursor, isPatient: isPatient, watch: watch)
        switch await next(of: followed, delivery) {
        case .failed(let result): return response(result, .requestError, followed.form)
        case .unshown(var result):
            result.extensions = Self.extensions(at: patience.cursor)
            return response(result, .partial, followed.form)
        case .event(var result, let mark):
            result.extensions = Self.extensions(mark, isWaiting: patience.isWaiting)
            return response(result, result.errors.isEmpty ? .complete : .partial, followed.form)
        case .nothing(_, let watch) where isPatient:
            do throws(Refusal) {
                try take(followed.place, followed.form)
            } catch {
                return error.response
            }
            let pause = HTTPPause { end in watch.wait(until: patience.deadline) { _ in end() } }
            return .later(pause) { [self] in await poll(followed, patience, watch: watch) }
        case .nothing(let mark, _):
            // There is no such thing yet.
            var buffer = ResponseBuffer(capacity: 256)
            buffer.write(raw: "{\"data\":null,\"extensions\":")
            buffer.write(value: .object(Self.extensions(mark, isWaiting: patience.isWaiting)))
            buffer.write(byte: UInt8(ascii: "}"))
            return response(buffer.bytes, .complete, followed.form)
        }
    }

    /// What a poll is told beside its state.
    static func extensions(_ mark: SubscriptionDelivery.Mark, isWaiting: Bool) -> Value.Object {
        let pause =
            if mark.isDone || mark.hasMore { 0 } else if !isWaiting { 1_000 } else { mark.hasChanged ? 250 : 0 }
        return [
            "subscription": .object([
                "cursor": .string(mark.cursor), "changed": .boolean(mark.hasChanged), "done": .boolean(mark.isDone),
                "retryAfterMs": .int(pause),
            ])
        ]
    }

    /// What a poll is told that got no whole state: to come again from where it is.
    private static func extensions(at cursor: String?) -> Value.Object {
        [
            "subscription": .object([
                "cursor": cursor.map(Value.string) ?? .null, "changed": .boolean(false), "done": .boolean(false),
                "retryAfterMs": .int(1_000),
            ])
        ]
    }

    /// Whether a part could not be read for the moment.
    ///
    /// What this server lacks for good is `UNAVAILABLE`, too, but no trouble whose request is named for who reads the log.
    private static func isIncomplete(_ result: ExecutionResult) -> Bool {
        result.errors.contains { error in
            switch error.code {
            case "UNAVAILABLE": error.extensions["requestId"] != nil
            case "TIMED_OUT", "CANCELLED": true
            default: false
            }
        }
    }

    /// Whether what went wrong may be gone with the next attempt.
    static func mayPass(_ result: ExecutionResult) -> Bool {
        result.errors.contains { $0.code.map(passingCodes.contains) ?? false }
    }

    private static let passingCodes: Set<String> = ["UNAVAILABLE", "TIMED_OUT", "CANCELLED", "RATE_LIMITED"]

    /// The answer to who asked for a stream and should ask again: a result without the end that would say “done”.
    private func unfinished(
        _ result: ExecutionResult,
        _ framing: ResultFraming,
        _ form: ResponseMediaType
    ) -> HTTPResponse {
        var response = response(result, .requestError, form)
        let pause = Self.retryAfterMilliseconds(result)
        response.body = .bytes(framing.opening(retryAfterMs: pause ?? 1_000) + framing.next(result.json, id: nil))
        return response
    }

    /// What is not there, or not any more, will not change.
    private static func goneExtensions(_ errors: [GraphQLError]) -> Value.Object {
        guard errors.contains(where: { $0.code == "NOT_FOUND" }) else { return [:] }
        return [
            "subscription": .object([
                "cursor": .null, "changed": .boolean(true), "done": .boolean(true), "retryAfterMs": .int(0),
            ])
        ]
    }

    /// What every response has whose results follow one another.
    static func streamFields(_ form: ResponseMediaType) -> HTTPFields {
        [
            "Content-Type": form.contentType, "Vary": "Accept", "Cache-Control": "no-store",
            // No proxy keeps events back.
            "X-Accel-Buffering": "no",
        ]
    }
}
