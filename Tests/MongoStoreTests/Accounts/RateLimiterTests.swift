import Schema
import Testing

@testable import MongoStore
@testable import Schema

@Suite struct RateLimiterTests {
    private static let limit = RateLimit(name: "test", burst: 5, interval: .seconds(10))

    /// How many seconds to wait; 0 where nothing is refused.
    private func wait(_ amount: Int, _ limiter: MongoRateLimiter, _ world: World) async throws -> Int64 {
        let charge = RateCharge(Self.limit, of: "anna", amount: amount)
        return try await limiter.take([charge], at: world.clock.now)?.components.seconds ?? 0
    }

    @Test func `a bucket holds what it holds, and fills again`() async throws {
        try await World.with { world in
            world.clock.catchUp()
            let limiter = MongoRateLimiter(world.workers)
            for _ in 0..<5 {
                let waited = try await wait(1, limiter, world)
                #expect(waited == 0)
            }
            #expect(try await wait(1, limiter, world) == 10)
            world.clock.advance(by: .seconds(4))
            #expect(try await wait(1, limiter, world) == 6)
            world.clock.advance(by: .seconds(6))
            #expect(try await wait(1, limiter, world) == 0)
            #expect(try await wait(1, limiter, world) == 10)
            world.clock.advance(by: .seconds(1000))
            #expect(try await wait(3, limiter, world) == 0)
            #expect(try await wait(3, limiter, world) == 10)
            #expect(try await wait(2, limiter, world) == 0)
            // More than it ever holds counts as much as it holds.
            world.clock.advance(by: .seconds(1000))
            #expect(try await wait(99, limiter, world) == 0)
        }
    }

    @Test func `servers share buckets, and a bucket is one key's`() async throws {
        try await World.with { world in
            world.clock.catchUp()
            let limiters = [MongoRateLimiter(world.workers), MongoRateLimiter(try world.another())]
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let charge = RateCharge(Self.limit, of: "anna")
                        return try await limiters[number % 2].take([charge], at: world.clock.now) == nil
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 5)
            #expect(try await limiters[0].take([RateCharge(Self.limit, of: "ben")], at: world.clock.now) == nil)
        }
    }

    @Test func `who hammers costs the database nothing`() async throws {
        try await World.with { world in
            world.clock.catchUp()
            let limiter = MongoRateLimiter(world.workers)
            let charge = RateCharge(Self.limit, of: "anna")
            for _ in 0..<6 { _ = try await limiter.take([charge], at: world.clock.now) }
            let before = world.workers.commandCount
            for _ in 0..<100 { #expect(try await limiter.take([charge], at: world.clock.now) != nil) }
            #expect(world.workers.commandCount == before)
        }
    }

    @Test func `a log-in is refused before its password is hashed`() async throws {
        try await AccountWorld.with(isLimited: true) { world in
            try await world.account(world.anna)
            let before = world.hasher.count
            for _ in 0..<100 { _ = await told { try await world.logIn(world.anna, "a wrong one") } }
            #expect(world.hasher.count - before == RateLimits.logInByClientAndAccount.burst)
            await expect("RATE_LIMITED") { try await world.logIn(world.anna) }
            // The owner is elsewhere.
            await expect("nothing") { try await world.logIn(world.anna, from: "5.6.7.8") }
            // From everywhere together there is a bound too.
            for client in 0..<100 {
                _ = await told { try await world.logIn(world.anna, "no", from: "10.0.0.\(client)") }
            }
            await expect("RATE_LIMITED") { try await world.logIn(world.anna, from: "9.9.9.9") }
        }
    }
}
