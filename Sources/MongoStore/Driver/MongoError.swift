internal import CMongo

/// What MongoDB or its driver says went wrong.
public struct MongoError: Error, Equatable, Sendable {
    /// The driver's number for the part that failed; 17 is the server.
    public let domain: UInt32
    /// The server's or the driver's error code.
    public let code: UInt32
    /// One line, for the log; it can name hosts and values.
    public let message: String
    /// Whether the whole transaction may be tried again.
    public let isTransient: Bool

    init(domain: UInt32 = 0, code: UInt32, message: String, isTransient: Bool = false) {
        self.domain = domain
        self.code = code
        self.message = message
        self.isTransient = isTransient
    }

    init(_ failure: mongo_failure) {
        var bytes = failure.message
        let message = unsafe withUnsafeBytes(of: &bytes) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init(domain: failure.domain, code: failure.code, message: message, isTransient: failure.is_transient)
    }

    /// Whether no server could be asked, or the connection broke.
    public var isUnreachable: Bool { domain == 2 || domain == 15 }

    /// Whether the same may work a little later: no server could be asked, or one was too slow, ends, or is the primary no more.
    public var mayPass: Bool {
        isUnreachable || isTransient || (domain == Self.server && Self.passingCodes.contains(code))
    }

    private static let server: UInt32 = 17

    /// Those that drivers read again after, and those of a time that was not enough.
    private static let passingCodes: Set<UInt32> = [
        6,  // HostUnreachable
        7,  // HostNotFound
        50,  // MaxTimeMSExpired
        89,  // NetworkTimeout
        91,  // ShutdownInProgress
        134,  // ReadConcernMajorityNotAvailableYet
        189,  // PrimarySteppedDown
        262,  // ExceededTimeLimit
        9001,  // SocketException
        10107,  // NotWritablePrimary
        11600,  // InterruptedAtShutdown
        11602,  // InterruptedDueToReplStateChange
        13435,  // NotPrimaryNoSecondaryOk
        13436,  // NotPrimaryOrSecondary
    ]

    /// Whether the server is no member of a replica set, and so has no transactions.
    public var hasNoTransactions: Bool { code == 20 && message.contains("Transaction numbers") }

    /// Whether a unique index refused a document.
    public var isDuplicateKey: Bool { code == 11000 || code == 11001 || code == 12582 }
}

extension MongoError: CustomStringConvertible {
    /// For the log.
    public var description: String { "MongoDB error \(code): \(message)" }
}
