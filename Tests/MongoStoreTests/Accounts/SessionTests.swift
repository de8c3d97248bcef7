import Schema
import Synchronization
import Testing

@testable import MongoStore
@testable import Schema

@Suite struct SessionTests {
    @Test func `each use of a refresh token gives another one, for seven days each`() async throws {
        try await AccountWorld.with { world in
            var session = try await world.account(world.anna)
            var seen: Set<String> = []
            for _ in 0..<3 {
                #expect(seen.insert(session.refreshToken).inserted)
                #expect(session.refreshTokenExpiresAt == world.clock.now.advanced(by: .seconds(7 * 86_400)))
                world.clock.advance(by: .seconds(3600))
                session = try await world.refresh(session.refreshToken)
            }
            world.clock.advance(by: .seconds(7 * 86_400))
            await expect("UNAUTHENTICATED") { try await world.refresh(session.refreshToken) }
        }
    }

    @Test func `a session ends after ninety days however often it is renewed`() async throws {
        try await AccountWorld.with { world in
            var session = try await world.account(world.anna)
            for _ in 0..<17 {
                world.clock.advance(by: .seconds(5 * 86_400))
                session = try await world.refresh(session.refreshToken)
            }
            #expect(session.refreshTokenExpiresAt == world.clock.now.advanced(by: .seconds(5 * 86_400)))
        }
    }

    @Test func `a token used twice ends its session, and no other`() async throws {
        try await AccountWorld.with { world in
            let first = try await world.account(world.anna)
            let other = try await world.logIn(world.anna)
            let second = try await world.refresh(first.refreshToken)
            world.clock.advance(by: .milliseconds(10_001))
            await expect("UNAUTHENTICATED") { try await world.refresh(first.refreshToken) }
            // Neither the thief nor the owner goes on.
            await expect("UNAUTHENTICATED") { try await world.refresh(second.refreshToken) }
            await expect("nothing") { try await world.refresh(other.refreshToken) }
        }
    }

    @Test func `an older token than the last ends its session also within ten seconds`() async throws {
        try await AccountWorld.with { world in
            let first = try await world.account(world.anna)
            let second = try await world.refresh(first.refreshToken)
            let third = try await world.refresh(second.refreshToken)
            await expect("UNAUTHENTICATED") { try await world.refresh(first.refreshToken) }
            await expect("UNAUTHENTICATED") { try await world.refresh(third.refreshToken) }
        }
    }

    @Test func `a client that sends a token twice gets the same successor twice, for ten seconds`() async throws {
        try await AccountWorld.with { world in
            let first = try await world.account(world.anna)
            let second = try await world.refresh(first.refreshToken)
            world.clock.advance(by: .seconds(10))
            let again = try await world.refresh(first.refreshToken)
            #expect(again.refreshToken == second.refreshToken)
            #expect(again.refreshTokenExpiresAt == second.refreshTokenExpiresAt)
            await expect("nothing") { try await world.refresh(again.refreshToken) }
        }
    }

    @Test func `a token sent many times at once gives one successor, which works`() async throws {
        try await AccountWorld.with { world in
            let first = try await world.account(world.anna)
            let successors = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await world.refresh(first.refreshToken).refreshToken } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(successors.count == 1)
            let successor = try #require(successors.first)
            await expect("nothing") { try await world.refresh(successor) }
        }
    }

    @Test func `a token that was not made here ends nothing`() async throws {
        try await AccountWorld.with { world in
            let session = try await world.account(world.anna)
            let token = session.refreshToken
            for place in token.indices {
                var changed = token
                changed.replaceSubrange(place...place, with: token[place] == "A" ? "B" : "A")
                await expect("UNAUTHENTICATED") { try await world.refresh(changed) }
            }
            for text in ["", "x", token + "A", String(repeating: "A", count: 100_000)] {
                await expect("UNAUTHENTICATED") { try await world.refresh(text) }
                #expect(try await !world.logOut(text))
            }
            await expect("nothing") { try await world.refresh(token) }
        }
    }

    @Test func `tokens are stored as digests alone`() async throws {
        try await AccountWorld.with { world in
            let session = try await world.account(world.anna)
            let next = try await world.refresh(session.refreshToken)
            let secrets = [session, next].compactMap { Base64URL.decode($0.refreshToken).map { Array($0[12..<44]) } }
            let stored = try await world.workers.withClient { client in
                try client.find(Collections.sessions.name, [:]).map { Array($0.bytes) }
            }
            #expect(stored.count == 1 && secrets.count == 2)
            for secret in secrets { #expect(stored[0].firstRange(of: secret) == nil) }
        }
    }

    @Test func `logging out ends one session, or all`() async throws {
        try await AccountWorld.with { world in
            let sessions = [
                try await world.account(world.anna), try await world.logIn(world.anna),
                try await world.logIn(world.anna),
                try await world.account(world.ben),
            ]
            #expect(try await world.logOut(sessions[0].refreshToken))
            #expect(try await !world.logOut(sessions[0].refreshToken))
            await expect("UNAUTHENTICATED") { try await world.refresh(sessions[0].refreshToken) }
            let renewed = try await world.refresh(sessions[1].refreshToken)
            #expect(try await world.logOut(renewed.refreshToken, everywhere: true))
            for token in [renewed.refreshToken, sessions[2].refreshToken] {
                await expect("UNAUTHENTICATED") { try await world.refresh(token) }
            }
            await expect("nothing") { try await world.refresh(sessions[3].refreshToken) }
        }
    }

    /// Fails to end all sessions, the first time.
    private final class FailingOnce: SessionStore {
        struct Failure: Error {}

        private let store: MongoSessionStore
        private let hasFailed = Mutex(false)

        init(_ store: MongoSessionStore) { self.store = store }

        func endAll(of recruiter: ObjectID) async throws {
            let isFirst = hasFailed.withLock { hasFailed in
                defer { hasFailed = true }
                return !hasFailed
            }
            if isFirst { throw Failure() }
            try await store.endAll(of: recruiter)
        }

        func begin(_ session: StoredSession, recognisedBy passwordHash: String) async throws -> Bool {
            try await store.begin(session, recognisedBy: passwordHash)
        }
        func rotate(
            _ id: ObjectID,
            from digest: [UInt8],
            to successor: [UInt8],
            expiresAt: Timestamp,
            at now: Timestamp
        ) async throws -> StoredSession? {
            try await store.rotate(id, from: digest, to: successor, expiresAt: expiresAt, at: now)
        }
        func session(_ id: ObjectID, at now: Timestamp) async throws -> StoredSession? {
            try await store.session(id, at: now)
        }
        func end(_ id: ObjectID) async throws -> ObjectID? { try await store.end(id) }
    }

    @Test func `a log-out of all sessions that failed can be tried again`() async throws {
        try await AccountWorld.with { world in
            let sessions = [try await world.account(world.anna), try await world.logIn(world.anna)]
            let failing = AccountWorld(world.workers, sessions: FailingOnce(MongoSessionStore(world.workers)))
            await expect("Failure") { try await failing.logOut(sessions[0].refreshToken, everywhere: true) }
            #expect(try await failing.logOut(sessions[0].refreshToken, everywhere: true))
            for session in sessions {
                await expect("UNAUTHENTICATED") { try await world.refresh(session.refreshToken) }
            }
            #expect(try await !world.logOut(sessions[0].refreshToken, everywhere: true))
        }
    }

    @Test func `a new password ends every session, and the old one is worth nothing`() async throws {
        try await AccountWorld.with { world in
            let sessions = [try await world.account(world.anna), try await world.logIn(world.anna)]
            let stranger = try await world.account(world.ben)
            _ = try await world.requestReset(world.anna)
            let code = try world.mailer.code()
            await expect("BAD_USER_INPUT") { try await world.reset(world.ben, code, to: "new password") }
            await expect("BAD_USER_INPUT") { try await world.verify(world.anna, code) }
            let fresh = try await world.reset(world.anna, code, to: "new password")
            #expect(world.mailer.last == .passwordChanged)
            for session in sessions {
                await expect("UNAUTHENTICATED") { try await world.refresh(session.refreshToken) }
            }
            await expect("nothing") { try await world.refresh(fresh.refreshToken) }
            await expect("nothing") { try await world.refresh(stranger.refreshToken) }
            await expect("UNAUTHENTICATED") { try await world.logIn(world.anna) }
            await expect("nothing") { try await world.logIn(world.anna, "new password") }
            await expect("BAD_USER_INPUT") { try await world.reset(world.anna, code, to: "third password") }
        }
    }

    @Test func `a log-in by the old password while a new one is set does not survive`() async throws {
        try await AccountWorld.with { world in
            let owner = try await world.account(world.anna).recruiter
            let store = MongoSessionStore(world.workers)
            let old = try await MongoAccountStore(world.workers).credentials(of: world.anna, at: world.clock.now)
            _ = try await world.requestReset(world.anna)
            _ = try await world.reset(world.anna, try world.mailer.code(), to: "new password")
            let session = StoredSession(
                id: ObjectID(at: world.clock.now),
                recruiterID: owner.id,
                digest: [1],
                rotatedAt: world.clock.now,
                createdAt: world.clock.now,
                expiresAt: world.clock.now.advanced(by: .seconds(60))
            )
            #expect(try await !store.begin(session, recognisedBy: try #require(old.passwordHash)))
            #expect(try await store.session(session.id, at: world.clock.now) == nil)
        }
    }

    @Test func `codes and tokens outlive a change of secrets as long as the old one verifies`() async throws {
        try await AccountWorld.with(secrets: ["old"]) { world in
            let session = try await world.account(world.anna)
            try await world.signUp(world.ben)
            let code = try world.mailer.code()
            let rotated = AccountWorld(world.workers, isLimited: false, secrets: ["new", "old"])
            await expect("nothing") { try await rotated.verify(world.ben, code) }
            let forgotten = AccountWorld(world.workers, isLimited: false, secrets: ["new"])
            await expect("nothing") { try await forgotten.refresh(session.refreshToken) }
        }
    }
}
