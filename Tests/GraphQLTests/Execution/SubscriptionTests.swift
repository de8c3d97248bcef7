import GraphQL
import Testing

@Suite struct SubscriptionTests {
    private static let sdl = """
        type Query { a: Int }
        type Subscription { ticks(from: Int!): Tick!, broken: Tick, failing: Int! }
        type Tick { number: Int!, odd: Int }
        """

    struct Event: ObjectValue { var number: Int }
    struct Broken: Error {}

    private func plan(_ text: String, ended: Library.Log = Library.Log()) throws -> OperationPlan {
        var resolvers = Resolvers()
        resolvers.field("Query.a", on: RootObject.self) { _ in 1 }
        resolvers.subscription("Subscription.ticks") { call in
            let from = try call.arguments.requiredInt("from")
            return AsyncThrowingStream<Event, any Error> { continuation in
                continuation.onTermination = { _ in ended.add("ended") }
                for number in from..<from + 3 { continuation.yield(Event(number: number)) }
                if from == 9 { continuation.finish(throwing: Broken()) }
                if from == 1 { continuation.finish() }
            }
        }
        resolvers.subscription("Subscription.broken") { _ -> AsyncStream<Event> in throw Broken() }
        resolvers.subscription("Subscription.failing") { _ -> AsyncStream<Event> in throw GraphQLError("No stream.") }
        resolvers.field("Subscription.ticks", on: Event.self) { $0 }
        resolvers.field("Subscription.broken", on: Event.self) { Optional($0) }
        resolvers.field("Subscription.failing", on: Event.self) { $0.number }
        resolvers.field("Tick.number", on: Event.self) { $0.number }
        resolvers.field("Tick.odd", on: Event.self) { event -> Int? in
            if event.number % 2 == 0 { throw GraphQLError("Even.") }
            return event.number
        }
        let schema = try ExecutableSchema(GraphQLSchema.build(from: Source(Self.sdl)), resolvers: resolvers)
        return try OperationPlan(parse(Source(text)), on: schema)
    }

    private func responses(_ stream: ResponseStream) async throws -> [String] {
        var all: [String] = []
        for try await result in stream { all.append(String(decoding: result.json, as: UTF8.self)) }
        return all
    }

    @Test func `each event is executed as the root of the operation`() async throws {
        let plan = try plan("subscription ($n: Int!) { ticks(from: $n) { number odd } }")
        guard case .events(let stream) = await plan.subscribe(variables: ["n": .int(1)]) else {
            Issue.record("no stream")
            return
        }
        #expect(
            try await responses(stream) == [
                #"{"data":{"ticks":{"number":1,"odd":1}}}"#,
                #"{"errors":[{"message":"Even.","locations":[{"line":1,"column":52}],"path":["ticks","odd"]}],"#
                    + #""data":{"ticks":{"number":2,"odd":null}}}"#,
                #"{"data":{"ticks":{"number":3,"odd":3}}}"#,
            ]
        )
    }

    @Test func `an error of the source ends the stream with it`() async throws {
        guard case .events(let stream) = try await plan("subscription { ticks(from: 9) { number } }").subscribe() else {
            Issue.record("no stream")
            return
        }
        await #expect(throws: Broken.self) { try await responses(stream) }
    }

    @Test func `letting go of the response stream lets go of the source`() async throws {
        let ended = Library.Log()
        do {
            guard
                case .events(let stream) = try await plan("subscription { ticks(from: 5) { number } }", ended: ended)
                    .subscribe()
            else {
                Issue.record("no stream")
                return
            }
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() != nil)
        }
        #expect(ended.all == ["ended"])
    }

    @Test func `cancelling the reader ends its wait`() async throws {
        let ended = Library.Log()
        guard
            case .events(let stream) = try await plan("subscription { ticks(from: 5) { number } }", ended: ended)
                .subscribe()
        else {
            Issue.record("no stream")
            return
        }
        let reader = Task { try await responses(stream).count }
        reader.cancel()
        // Nothing else ends this source.
        _ = try await reader.value
        #expect(ended.all == ["ended"])
    }

    @Test(arguments: [
        (
            "subscription { failing }",
            #"{"errors":[{"message":"No stream.","locations":[{"line":1,"column":16}],"path":["failing"]}]}"#
        ),
        (
            "subscription { broken { number } }",
            #"{"errors":[{"message":"Internal error","locations":[{"line":1,"column":16}],"path":["broken"],"#
                + #""extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#
        ),
        (
            "subscription { ticks { number } }",
            #"{"errors":[{"message":"Argument 'from' of required type 'Int!' was not provided.","#
                + #""locations":[{"line":1,"column":16}],"path":["ticks"]}]}"#
        ),
        ("{ a }", #"{"errors":[{"message":"Expected subscription operation."}]}"#),
    ])
    func `a stream that cannot be made is a result without data`(document: String, response: String) async throws {
        guard case .failed(let result) = try await plan(document).subscribe() else {
            Issue.record("a stream")
            return
        }
        #expect(String(decoding: result.json, as: UTF8.self) == response)
    }
}
