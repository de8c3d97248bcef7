import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Many wait at once.
@Suite struct CrowdTests {
    private static let recruiters = 10
    /// As many as may wait for one recruiter.
    private static let places = 100

    @Test func `a thousand who wait are woken soon, and hold nobody else up`() async throws {
        let server = try await RunningServer.start()
        var crowd: [(poller: Poller, job: String, cursor: String)] = []
        for number in 0..<Self.recruiters {
            let frontend = try await Frontend(server, "recruiter\(number)@example.com")
            let job = try await frontend.createJob()
            let poller = Poller(server, token: frontend.client.token)
            crowd.append((poller, job, try await poller.poll(Poller.job, job).cursor))
        }
        let alone = try await Self.milliseconds(of: crowd[0].poller)
        var clients: [SlowReader] = []
        for (poller, job, cursor) in crowd {
            let subscription: [String: Any] = ["cursor": cursor, "waitMs": 30_000]
            let request = try poller.request(Poller.job, ["id": job], extensions: ["subscription": subscription])
            // The last of each finds no place, and that tells that the others have theirs.
            for _ in 0...Self.places {
                clients.append(
                    try SlowReader(
                        server.url,
                        token: try #require(poller.token),
                        body: try #require(request.httpBody),
                        accept: "application/json"
                    )
                )
            }
        }
        #expect(SlowReader.waitForAnswers(Self.recruiters, of: clients))
        let waiting = clients.filter { !$0.hasAnswer }
        #expect(waiting.count == Self.recruiters * Self.places)
        let among = try await Self.milliseconds(of: crowd[0].poller)

        let start = Date()
        async let renamed: Void = Self.rename(crowd.map { ($0.poller, $0.job) })
        let arrivals = SlowReader.arrivals(of: waiting, since: start).sorted()
        try await renamed
        #expect(arrivals.count == waiting.count)
        let (half, most) = (arrivals[arrivals.count / 2], arrivals[arrivals.count * 99 / 100])
        print(
            "wake-up of \(arrivals.count) by \(Self.recruiters) changes: p50 \(half) s, p99 \(most) s,"
                + " last \(arrivals.last ?? 0) s; a request takes \(alone) ms alone, \(among) ms among them"
        )
        #expect(most < 10)
    }

    private static func rename(_ jobs: [(Poller, String)]) async throws {
        for (poller, job) in jobs {
            let state = try await poller.ask(
                "mutation($id: ID!) { updateJob(input: {id: $id, title: \"Cook\"}) { job { title } } }",
                ["id": job]
            )
            #expect(state.codes.isEmpty)
        }
    }

    /// The median of some requests.
    private static func milliseconds(of poller: Poller) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<100 {
            let start = Date()
            _ = try await poller.ask("{ __typename }")
            times.append(Date().timeIntervalSince(start) * 1_000)
        }
        return times.sorted()[times.count / 2]
    }
}
