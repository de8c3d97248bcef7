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
        let framing = ResultFraming(form)
        let place = waiting.room.place(of: context.recruiterID, request)
        let wish: SubscriptionRequest
        do throws(GraphQLError) {
            wish = try SubscriptionRequest(parameters.extensions, lastEventID: request.fields["Last-Event-ID"])
        } catch {
            throw refusal(error, .requestError, form)
        }
        let deadline = ContinuousClock.now + (wish.cursor == nil ? .zero : wish.wait)
        let delivery = SubscriptionDelivery(
            cursor: wish.cursor,
            pace: framing == nil ? .once(until: deadline) : .stream
        ) {
            try place.take()
        }
        var context = context
        context.delivery = delivery
        switch await plan.subscribe(variables: parameters.variables, context: context) {
        case .failed(let result):
            var refused = ExecutionResult(RequestErrors(result.errors.map { Self.coded($0, "BAD_USER_INPUT") }))
            refused.extensions = Self.goneExtensions(result.errors)
            return response(refused, .requestError, form)
        case .events(let events):
            guard let framing else { return await poll(events, delivery, wish, form) }
            do {
                try place.take()
            } catch let error as GraphQLError {
                throw refusal(error, .requestError, form)
            } catch {
                throw refusal(executable.options.maskError(error, ResponsePath()), .failed, form)
            }
            return stream(events, delivery, framing, form, place)
        }
    }

    // MARK: - One event

    private func poll(
        _ events: ResponseStream,
        _ delivery: SubscriptionDelivery,
        _ wish: SubscriptionRequest,
        _ form: ResponseMediaType
    ) async -> HTTPResponse {
        var iterator = events.makeAsyncIterator()
        do {
            if var result = try await iterator.next() {
                result.extensions = Self.extensions(delivery.lastMark, isWaiting: wish.wait > .zero)
                return response(result, result.errors.isEmpty ? .complete : .partial, form)
            }
        } catch is CancellationError {
            return .text(503, "The client left.")
        } catch {
            var refused = ExecutionResult(RequestErrors([shown(error)]))
            refused.extensions = Self.goneExtensions(refused.errors)
            return response(refused, .requestError, form)
        }
        // Nothing to show: there is no such thing yet.
        var buffer = ResponseBuffer(capacity: 256)
        buffer.write(raw: "{\"data\":null,\"extensions\":")
        buffer.write(value: .object(Self.extensions(delivery.lastMark, isWaiting: wish.wait > .zero)))
        buffer.write(byte: UInt8(ascii: "}"))
        return response(buffer.bytes, .complete, form)
    }

    /// What a poll is told beside its state.
    private static func extensions(_ mark: SubscriptionDelivery.Mark?, isWaiting: Bool) -> Value.Object {
        guard let mark else { return [:] }
        let pause =
            if mark.isDone || mark.hasMore { 0 } else if !isWaiting { 1_000 } else { mark.hasChanged ? 250 : 0 }
        return [
            "subscription": .object([
                "cursor": .string(mark.cursor), "changed": .boolean(mark.hasChanged), "done": .boolean(mark.isDone),
                "retryAfterMs": .int(pause),
            ])
        ]
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

    private func shown(_ error: any Error) -> GraphQLError {
        (error as? GraphQLError) ?? executable.options.maskError(error, ResponsePath())
    }

    // MARK: - All events

    /// So often a quiet stream says that it lives.
    private static let heartbeatInterval = Duration.seconds(12)

    private func stream(
        _ events: ResponseStream,
        _ delivery: SubscriptionDelivery,
        _ framing: ResultFraming,
        _ form: ResponseMediaType,
        _ place: WaitingRoom.Place
    ) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            fields: Self.streamFields(form),
            body: .stream(byteCount: nil) { writer in
                defer { place.leave() }
                try await writer.write(framing.opening)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        while true {
                            try await Task.sleep(for: Self.heartbeatInterval)
                            try writer.offer(framing.heartbeat)
                        }
                    }
                    defer { group.cancelAll() }
                    var iterator = events.makeAsyncIterator()
                    do {
                        while var result = try await iterator.next() {
                            let mark = delivery.lastMark
                            result.extensions = Self.extensions(mark, isWaiting: true)
                            try await writer.write(framing.next(result.json, id: mark?.cursor))
                            // A client that reads slowly gets the newest state next, not every one.
                            try await writer.drained()
                        }
                    } catch let error as GraphQLError {
                        let result = ExecutionResult(RequestErrors([error]))
                        try await writer.write(framing.next(result.json, id: nil) + framing.completion)
                        return
                    } catch  where !(error is CancellationError || error is HTTPHostError) {
                        // Ends unfinished: the client comes again, and goes on.
                        _ = executable.options.maskError(error, ResponsePath())
                        return
                    }
                    if delivery.lastMark?.isDone == true { try await writer.write(framing.completion) }
                }
            }
        )
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
