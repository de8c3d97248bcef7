import Testing

@testable import GraphQLServer

/// The audits of graphql-http, over connections.
@Suite(.timeLimit(.minutes(1))) struct HTTPAuditTests {
    /// Lends a port on which an endpoint answers.
    private func withPort<Result: Sendable>(
        _ profile: StatusProfile,
        _ body: @Sendable (Int) throws -> Result
    ) async throws -> Result {
        let endpoint = try GraphQLEndpointTests.endpoint(profile)
        var options = HTTPHost.Options()
        options.port = 0
        let host = try HTTPHost(options: options) { endpoint.route($0) }
        async let running: Void = host.run()
        let result = Swift.Result { try body(host.port) }
        host.drain()
        await running
        return try result.get()
    }

    /// Everything that the server sends.
    private static func answer(_ client: RawClient) -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = client.receive(), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// What the audits object to, by identifier.
    private func objections(_ audits: [HTTPAudit], _ profile: StatusProfile) async throws -> [String: Set<String>] {
        try await withPort(profile) { port in
            var objections: [String: Set<String>] = [:]
            for audit in audits {
                for request in audit.requests {
                    let client = try RawClient(port: port)
                    client.send(request)
                    guard let objection = audit.objection(to: Self.answer(client)) else { continue }
                    objections[audit.id, default: []].insert(objection)
                }
            }
            return objections
        }
    }

    @Test func `there are 61, each with a name of its own`() {
        #expect(HTTPAudit.all.count == 61 && Set(HTTPAudit.all.map(\.id)).count == 61)
        let levels = [HTTPAudit.Level.must, .should, .may].map { level in HTTPAudit.all.count { $0.level == level } }
        #expect(levels == [13, 23, 25])
    }

    @Test(arguments: HTTPAudit.all)
    func `the compatible profile passes`(audit: HTTPAudit) async throws {
        #expect(try await objections([audit], .compatible) == [:])
    }

    @Test func `the compatible profile passes all of them at once`() async throws {
        let objections = try await withPort(.compatible) { port in
            let asked = try HTTPAudit.all.map { audit in
                let client = try RawClient(port: port)
                client.send(audit.requests[0])
                return (audit: audit, client: client)
            }
            return asked.compactMap { asked in asked.audit.objection(to: Self.answer(asked.client)) }
        }
        #expect(objections == [])
    }

    /// The audits are older than the draft, which has other statuses for requests that are not executed.
    @Test func `the draft's profile differs where the draft does, and breaks no requirement`() async throws {
        var expected: [String: Set<String>] = ["572B": ["400"], "FDE2": ["400"]]
        for id in ["7B9B", "86EE", "423L", "3E3A"] { expected[id] = ["422"] }
        for id in ["LKJ", "6C0", "476", "58B"] {
            for number in 0..<4 { expected["\(id)\(number)"] = ["422"] }
        }
        let objections = try await objections(HTTPAudit.all, .draft2026)
        #expect(objections == expected)
        #expect(!HTTPAudit.all.contains { $0.level == .must && objections[$0.id] != nil })
    }
}
