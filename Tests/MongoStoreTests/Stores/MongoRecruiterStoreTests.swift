import Schema
import Testing

@testable import MongoStore

@Suite struct MongoRecruiterStoreTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_123)

    @Test func `one address is one account, however often and however written`() async throws {
        try await withDatabase { workers in
            try await workers.prepareDatabase(at: Self.now)
            let store = MongoRecruiterStore(workers)
            let made = try await withThrowingTaskGroup(of: Recruiter.self) { group in
                for address in ["jane@example.com", "Jane@Example.com", "JANE@EXAMPLE.COM", "jane@example.COM"] {
                    group.addTask {
                        try await store.verifiedRecruiter(
                            email: try #require(EmailAddress(address), "no address"),
                            name: nil,
                            at: Self.now
                        )
                    }
                }
                return try await group.reduce(into: Set<ObjectID>()) { $0.insert($1.id) }
            }
            #expect(made.count == 1)
            let id = try #require(made.first)
            let recruiter = try #require(try await store.recruiter(id))
            #expect(recruiter.isEmailVerified && recruiter.name.lowercased() == "jane")
            #expect(recruiter.createdAt == Self.now)
            #expect(try await store.recruiter(ObjectID(at: Self.now)) == nil)
        }
    }

    @Test func `servers that start at once agree on one secret`() async throws {
        try await withDatabase { workers in
            try await workers.prepareDatabase(at: Self.now)
            let secrets = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in UInt8(0)..<8 {
                    group.addTask {
                        try await MongoSettings(workers).tokenSecret(orElse: Array(repeating: number, count: 32))
                    }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(secrets.count == 1)
            #expect(try await MongoSettings(workers).tokenSecret(orElse: [9]) == secrets.first)
        }
    }
}
