import Foundation
import Testing

@testable import GraphQLServer

@Suite struct OpenFilesTests {
    @Test func `connections leave files for everything else, and there is always one`() {
        #expect(OpenFiles.connections(16_000, within: nil) == 16_000)
        #expect(OpenFiles.connections(16_000, within: 1_048_576) == 16_000)
        #expect(OpenFiles.connections(16_000, within: 1_024) == 1_024 - OpenFiles.reserve)
        #expect(OpenFiles.connections(16_000, within: 100) == 1)
    }

    @Test func `what everyone may have is taken`() {
        let limit = OpenFiles.raiseLimit()
        var now = rlimit()
        #expect(unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &now) == 0)
        #expect(now.rlim_cur == now.rlim_max)
        #expect(limit == nil || limit == Int(clamping: now.rlim_max))
    }
}
