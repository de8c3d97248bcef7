import Schema
import Synchronization
import Testing

@testable import MongoStore
@testable import Schema

@Suite struct SignUpTests {
    @Test func `a mailed code makes the account and signs in`() async throws {
        try await AccountWorld.with { world in
            let expiresAt = try await world.signUp(world.anna, name: "Anna Example")
            #expect(expiresAt == world.clock.now.advanced(by: .seconds(300)))
            let session = try await world.verify(world.anna, try world.mailer.code())
            #expect(session.recruiter.name == "Anna Example" && session.recruiter.isEmailVerified)
            #expect(session.recruiter.email.description == "Anna@example.com")
            // Without regard to case.
            #expect(
                try await world.logIn(AccountWorld.address("ANNA@example.com")).recruiter.id == session.recruiter.id
            )
            #expect(try await world.refresh(session.refreshToken).recruiter.id == session.recruiter.id)
        }
    }

    @Test func `a code works once, and as a person types it`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna)
            let code = try world.mailer.code()
            _ = try await world.verify(world.anna, " \(code.prefix(3)) \(code.suffix(3)) ")
            await expect("BAD_USER_INPUT") { try await world.verify(world.anna, code) }
        }
    }

    @Test func `a code may be tried five times`() async throws {
        try await AccountWorld.with { world in
            for wrongTries in [4, 5] {
                let email = AccountWorld.address("tries\(wrongTries)@example.com")
                try await world.signUp(email)
                let code = try world.mailer.code()
                let wrong = AccountWorld.wrong(code)
                for _ in 0..<wrongTries {
                    await expect("BAD_USER_INPUT") { try await world.verify(email, wrong) }
                }
                let answer = await told { try await world.verify(email, code) }
                #expect(answer == "nothing" || wrongTries == 5, "\(answer)")
                #expect(answer != "nothing" || wrongTries == 4)
            }
        }
    }

    @Test func `tries at the same moment are counted one by one`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna)
            let code = try world.mailer.code()
            let store = MongoAccountStore(world.workers)
            let counted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await store.countTry(.signUp, of: world.anna, at: world.clock.now) != nil }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(counted == 5)
            await expect("BAD_USER_INPUT") { try await world.verify(world.anna, code) }
        }
    }

    @Test func `a code stops working after five minutes`() async throws {
        try await AccountWorld.with { world in
            for (seconds, works) in [(299, true), (300, false)] {
                let email = AccountWorld.address("late\(seconds)@example.com")
                try await world.signUp(email)
                let code = try world.mailer.code()
                world.clock.advance(by: .seconds(seconds))
                await expect(works ? "nothing" : "BAD_USER_INPUT") { try await world.verify(email, code) }
            }
        }
    }

    @Test func `another code is mailed after a minute, and then is the only one that works`() async throws {
        try await AccountWorld.with { world in
            let first = try await world.signUp(world.anna)
            let code = try world.mailer.code()
            world.clock.advance(by: .seconds(59))
            #expect(try await world.resend(world.anna) == first)
            #expect(world.mailer.last == nil)
            world.clock.advance(by: .seconds(1))
            #expect(try await world.resend(world.anna) == world.clock.now.advanced(by: .seconds(300)))
            let newer = try world.mailer.code()
            if newer != code {
                await expect("BAD_USER_INPUT") { try await world.verify(world.anna, code) }
            }
            await expect("nothing") { try await world.verify(world.anna, newer) }
            await expect("nothing") { try await world.logIn(world.anna) }
        }
    }

    @Test func `a sign-up waits for its code for a day`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna)
            world.clock.advance(by: .seconds(3600))
            _ = try await world.resend(world.anna)
            await expect("nothing") { try await world.verify(world.anna, try world.mailer.code()) }

            try await world.signUp(world.ben)
            world.clock.advance(by: .seconds(24 * 3600))
            _ = try await world.resend(world.ben)
            #expect(world.mailer.last == nil)
        }
    }

    @Test func `known and unknown addresses get the same answers after the same work`() async throws {
        try await AccountWorld.with { world in
            try await world.account(world.anna)
            world.clock.advance(by: .seconds(600))
            /// What can be seen from outside: answer, hashes, mails and commands to the database.
            func seen(_ email: EmailAddress, _ body: (EmailAddress) async throws -> Timestamp) async throws -> [String]
            {
                let before = (world.hasher.count, world.mailer.count, world.workers.commandCount)
                let answer = try await body(email)
                return [
                    "\(answer)", "\(world.hasher.count - before.0)", "\(world.mailer.count - before.1)",
                    "\(world.workers.commandCount - before.2)",
                ]
            }
            let actions: [(EmailAddress) async throws -> Timestamp] = [
                { try await world.signUp($0, "another one") }, { try await world.resend($0) },
                { try await world.requestReset($0) }, { try await world.requestReset($0) },
            ]
            for action in actions {
                let known = try await seen(world.anna, action)
                let unknown = try await seen(world.ben, action)
                #expect(known == unknown)
                #expect(known[2] == "1")
            }
            func logIns(_ email: EmailAddress, _ password: String) async -> String {
                let before = (world.hasher.count, world.workers.commandCount)
                let answer = await told { try await world.logIn(email, password) }
                return "\(answer) \(world.hasher.count - before.0) \(world.workers.commandCount - before.1)"
            }
            // Both have a sign-up of a stranger that waits: their own password tells them nothing.
            for password in ["another one", "a wrong one"] {
                #expect(await logIns(world.anna, password) == logIns(world.ben, password))
            }
            let nobody = AccountWorld.address("nobody@example.com")
            let somebody = AccountWorld.address("somebody@example.com")
            try await world.account(somebody)
            #expect(await logIns(nobody, "a wrong one") == logIns(somebody, "a wrong one"))
            #expect(await logIns(nobody, "a wrong one").hasPrefix("UNAUTHENTICATED"))
            // Nor do codes.
            let ofKnown = await told { try await world.verify(world.anna, "123456") }
            let ofNobody = await told { try await world.verify(nobody, "123456") }
            #expect(ofKnown == ofNobody)
        }
    }

    @Test func `who signs up with the address of an account changes nothing of it, and its owner is told`() async throws
    {
        try await AccountWorld.with { world in
            try await world.account(world.anna)
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            #expect(world.mailer.last == .alreadyRegistered)
            for code in 0..<5 { _ = await told { try await world.verify(world.anna, "00000\(code)") } }
            await expect("CONFLICT") { try await world.logIn(world.anna, "a stranger's") }
            #expect(try await world.logIn(world.anna).recruiter.name == "Anna")
        }
    }

    @Test func `mail goes to the address as it was signed up, however it is typed later`() async throws {
        try await AccountWorld.with { world in
            let typed = AccountWorld.address("ANNA@EXAMPLE.COM")
            try await world.signUp(world.anna)
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(typed)
            #expect(world.mailer.lastAddress == "Anna@example.com")
            _ = try await world.verify(typed, try world.mailer.code())
            try await world.signUp(typed, "another one")
            #expect(world.mailer.last == .alreadyRegistered && world.mailer.lastAddress == "Anna@example.com")
            _ = try await world.requestReset(typed)
            #expect(world.mailer.lastAddress == "Anna@example.com")
            _ = try await world.reset(typed, try world.mailer.code(), to: "new password")
            #expect(world.mailer.last == .passwordChanged && world.mailer.lastAddress == "Anna@example.com")
        }
    }

    @Test func `an address that looks like another gets nothing of it`() async throws {
        try await AccountWorld.with { world in
            let (kim, kelvin) = (
                AccountWorld.address("kim@example.com"), AccountWorld.address("\u{212A}im@example.com")
            )
            try await world.account(kim)
            _ = try await world.requestReset(kelvin)
            #expect(world.mailer.last == nil)
            let stranger = try await world.account(kelvin).recruiter
            #expect(try await world.logIn(kim).recruiter.id != stranger.id)
            // As it was stored when both were the same.
            try await world.workers.withClient { client in
                let accounts = Collections.recruiters.name
                try client.write([
                    "delete": .string(accounts), "deletes": [["q": ["emailKey": "kim@example.com"], "limit": 1]],
                ])
                let old: BSONValue = ["$set": ["emailKey": "kim@example.com"]]
                try client.write(["update": .string(accounts), "updates": [["q": [:], "u": old]]])
                try client.write(["delete": "migrations", "deletes": [["q": ["_id": ["$gte": 4]], "limit": 0]]])
            }
            try await world.workers.prepareDatabase(at: world.clock.now)
            #expect(try await world.logIn(kelvin).recruiter.id == stranger.id)
            await expect("UNAUTHENTICATED") { try await world.logIn(kim) }
        }
    }

    @Test func `a sign-up that waited where another address is looked for now makes no account of that`() async throws {
        try await AccountWorld.with { world in
            let (kim, kelvin) = (
                AccountWorld.address("kim@example.com"), AccountWorld.address("\u{212A}im@example.com")
            )
            /// As it was stored when both were the same, beside what is stored now.
            func keepUnderOldKey() async throws {
                try await world.workers.withClient { client in
                    _ = try client.write([
                        "aggregate": .string(Collections.oneTimeCodes.name), "cursor": [:],
                        "pipeline": [
                            ["$set": ["_id": .string(MongoAccountStore.id(.signUp, kim))]],
                            ["$merge": .string(Collections.oneTimeCodes.name)],
                        ],
                    ])
                }
            }
            try await world.signUp(kelvin, "a stranger's")
            try await keepUnderOldKey()
            try await world.workers.withClient { client in
                _ = try client.write(["delete": "migrations", "deletes": [["q": ["_id": ["$gte": 5]], "limit": 0]]])
            }
            try await world.workers.prepareDatabase(at: world.clock.now)
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(kim)
            #expect(world.mailer.last == nil)

            // Put there by a server of the version before.
            try await keepUnderOldKey()
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(kim)
            await expect("BAD_USER_INPUT") { try await world.verify(kim, try world.mailer.code()) }
            _ = try await world.resend(kelvin)
            await expect("nothing") { try await world.verify(kelvin, try world.mailer.code()) }
        }
    }

    @Test func `the code of a sign-up sets the password of that sign-up and of no other`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna, "the owner's", name: "Anna")
            let owners = try world.mailer.code()
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            let strangers = try world.mailer.code()
            guard owners != strangers else { return }
            // The stranger's sign-up is the newest: without its code nobody gets in with its password.
            await expect("BAD_USER_INPUT") { try await world.verify(world.anna, owners) }
            try await world.signUp(world.anna, "the owner's", name: "Anna")
            #expect(try await world.verify(world.anna, try world.mailer.code()).recruiter.name == "Anna")
            await expect("UNAUTHENTICATED") { try await world.logIn(world.anna, "a stranger's") }
            await expect("nothing") { try await world.logIn(world.anna, "the owner's") }
        }
    }

    @Test func `a sign-up gets a code of its own also where the one before is younger`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            // Another server's clock, or a password that waited long to be hashed.
            world.clock.advance(by: .seconds(-5))
            try await world.signUp(world.anna)
            #expect(try await world.verify(world.anna, try world.mailer.code()).recruiter.name == "Anna")
        }
    }

    @Test func `where somebody else signed up since, no other code is mailed but for a new sign-up`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna, "the owner's")
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            world.clock.advance(by: .seconds(60))
            #expect(try await world.resend(world.anna) == world.clock.now.advanced(by: .seconds(300)))
            #expect(world.mailer.last == .signUpAgain)
            try await world.signUp(world.anna, "the owner's")
            #expect(try await world.verify(world.anna, try world.mailer.code()).recruiter.name == "Anna")
            await expect("nothing") { try await world.logIn(world.anna, "the owner's") }
        }
    }

    @Test func `the code of a contested sign-up works as long as any, whoever asks for another`() async throws {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna, "a stranger's", name: "Stranger")
            try await world.signUp(world.anna)
            let code = try world.mailer.code()
            world.clock.advance(by: .seconds(60))
            let told = try await world.resend(world.anna)
            #expect(world.mailer.last == .signUpAgain)
            // Answered as where it is not contested.
            world.clock.advance(by: .seconds(59))
            #expect(try await world.resend(world.anna) == told && world.mailer.last == nil)
            #expect(try await world.verify(world.anna, code).recruiter.name == "Anna")
        }
    }

    /// Does something before the next code is put.
    private final class Interrupted: AccountStore {
        private let store: MongoAccountStore
        private let first = Mutex<(@Sendable () async throws -> Void)?>(nil)

        init(_ store: MongoAccountStore, by first: @escaping @Sendable () async throws -> Void) {
            self.store = store
            self.first.withLock { $0 = first }
        }

        func put(_ code: NewCode, at now: Timestamp) async throws -> CurrentCode {
            try await first.withLock { $0.take() }?()
            return try await store.put(code, at: now)
        }

        func credentials(of email: EmailAddress, at now: Timestamp) async throws -> Credentials {
            try await store.credentials(of: email, at: now)
        }

        func countTry(_ purpose: CodePurpose, of email: EmailAddress, at now: Timestamp) async throws -> [UInt8]? {
            try await store.countTry(purpose, of: email, at: now)
        }

        func verify(_ email: EmailAddress, by digest: [UInt8], at now: Timestamp) async throws -> Verified? {
            try await store.verify(email, by: digest, at: now)
        }

        func reset(
            to passwordHash: String,
            of email: EmailAddress,
            by digest: [UInt8],
            at now: Timestamp
        ) async throws -> Verified? {
            try await store.reset(to: passwordHash, of: email, by: digest, at: now)
        }
    }

    @Test(arguments: [AccountWorld.password, "a stranger's"])
    func `of two sign-ups at once only another password makes one contested`(other: String) async throws {
        try await AccountWorld.with { world in
            let store = Interrupted(MongoAccountStore(world.workers)) { try await world.signUp(world.anna, other) }
            let first = AccountWorld(world.workers, accounts: store)
            try await first.signUp(world.anna)
            let code = try first.mailer.code()
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(world.anna)
            if other == AccountWorld.password {
                _ = try await world.verify(world.anna, try world.mailer.code())
            } else {
                #expect(world.mailer.last == .signUpAgain)
                _ = try await world.verify(world.anna, code)
            }
            await expect("nothing") { try await world.logIn(world.anna) }
        }
    }

    @Test func `who signs up twice with the same password, or after the first was given up, may ask for a code`()
        async throws
    {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna, name: "Ana")
            try await world.signUp(world.anna)
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(world.anna)
            #expect(try await world.verify(world.anna, try world.mailer.code()).recruiter.name == "Anna")

            try await world.signUp(world.ben)
            world.clock.advance(by: .seconds(24 * 3600))
            try await world.signUp(world.ben, "another one")
            world.clock.advance(by: .seconds(60))
            _ = try await world.resend(world.ben)
            await expect("nothing") { try await world.verify(world.ben, try world.mailer.code()) }
        }
    }

    @Test func `before the address is verified the right password says so, and a wrong one says nothing`() async throws
    {
        try await AccountWorld.with { world in
            try await world.signUp(world.anna)
            await expect("CONFLICT") { try await world.logIn(world.anna) }
            let wrong = await told { try await world.logIn(world.anna, "a wrong one") }
            #expect(wrong == "UNAUTHENTICATED: The address or the password is wrong.")
            let unknown = await told { try await world.logIn(world.ben, "a wrong one") }
            #expect(unknown == wrong)
        }
    }

    @Test(arguments: [
        ("short", false), ("1234567", false), ("12345678", false), ("PassWord1", false), ("aaaaaaaaaaaa", false),
        (String(repeating: "xy", count: 36), true), (String(repeating: "xy", count: 36) + "z", false),
        ("ünïcödé", true), ("a\u{0}bcdefgh", false), ("correct horse battery", true),
    ])
    func `passwords have 8 to 72 bytes and are none of the commonest`(password: String, isTaken: Bool) async throws {
        try await AccountWorld.with { world in
            let answer = await told { try await world.signUp(world.anna, password) }
            #expect((answer == "nothing") == isTaken, "\(answer)")
            #expect(isTaken || answer.hasPrefix("BAD_USER_INPUT"))
        }
    }

    @Test(arguments: ["", "  ", "a\r\nBcc: x@example.com", "\u{202E}anna", String(repeating: "n", count: 201)])
    func `a name that is none is refused`(name: String) async throws {
        try await AccountWorld.with { world in
            await expect("BAD_USER_INPUT") { try await world.signUp(world.anna, name: name) }
            #expect(world.mailer.count == 0)
        }
    }
}
