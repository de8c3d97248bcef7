import Foundation
import Testing

@testable import GraphQLServer

@Suite struct BcryptTests {
    @Test(arguments: [
        ("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", true),
        ("U*U*", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", true),
        ("U*U*U", "$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", true),
        ("U*V", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", false),
        ("U*U", "no hash", false),
    ])
    func `known hashes are recognised`(password: String, hash: String, isRight: Bool) {
        #expect(Bcrypt.verify(Array(password.utf8), against: hash) == isRight)
    }

    @Test func `a hash is of its kind and cost, with a salt of its own`() async throws {
        let hasher = PasswordThreads(threads: 1)
        let password = Array("correct horse".utf8)
        let hashes = [try await hasher.hash(password), try await hasher.hash(password)]
        #expect(hashes.allSatisfy { $0.hasPrefix("$2b$12$") && $0.utf8.count == 60 } && hashes[0] != hashes[1])
        #expect(try await hasher.verify(password, against: hashes[0]))
        #expect(try await !hasher.verify(Array("Correct horse".utf8), against: hashes[0]))
        #expect(try await !hasher.verify(password, against: nil))
        // What bcrypt would not read counts too.
        let long = [UInt8](repeating: 0x78, count: 72)
        let hash = try await hasher.hash(long)
        #expect(try await hasher.verify(long, against: hash))
        #expect(try await !hasher.verify(long + [0x79], against: hash))
        #expect(try await !hasher.verify(Array("correct horse\0x".utf8), against: hashes[0]))
    }

    @Test func `more than may wait are sent away at once`() async throws {
        let hasher = PasswordThreads(threads: 1, maxWaiting: 2)
        let outcomes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        return "\(try await hasher.verify([1], against: nil))"
                    } catch {
                        return "busy"
                    }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect((outcomes["false"] ?? 0) >= 2 && (outcomes["busy"] ?? 0) >= 1 && outcomes["true"] == nil, "\(outcomes)")
    }
}
