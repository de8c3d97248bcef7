internal import Foundation

/// How many files this process may have open at once; each connection is one.
enum OpenFiles {
    /// For everything that is no connection of a client: MongoDB, files, pipes to children.
    static let reserve = 256

    /// Raises what is allowed to what the system lets everyone have.
    ///
    /// - Returns: How many are allowed from now on; nil for any number.
    static func raiseLimit() -> Int? {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard unsafe getrlimit(kind, &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if unsafe setrlimit(kind, &raised) == 0 { limit = raised }
        }
        return limit.rlim_cur == .max ? nil : Int(clamping: limit.rlim_cur)
    }

    /// How many clients may be connected.
    ///
    /// - Parameters:
    ///   - wanted: As many as there is room for otherwise.
    ///   - limit: Of open files; nil for any number.
    /// - Returns: At most `wanted`, at least one.
    static func connections(_ wanted: Int, within limit: Int?) -> Int {
        limit.map { min(wanted, max(1, $0 - reserve)) } ?? wanted
    }
}
