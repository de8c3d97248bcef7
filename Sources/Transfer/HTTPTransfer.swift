/// One request of HTTP and what it may cost.
///
/// Redirects are not followed: whoever asks looks at each of them.
public struct HTTPTransfer: Sendable {
    /// Where to.
    public var address: WebAddress
    /// `GET`, or `POST` with a body.
    public var body: [UInt8]?
    /// Beside those that libcurl writes by itself.
    public var fields: [(name: String, value: String)] = []
    /// What it may cost.
    public var limits = Limits()
    /// Whether a host may be spoken to, by its address: asked for each address before it is connected to.
    public var permits: @Sendable (IPAddress) -> Bool

    /// What a transfer may cost.
    public struct Limits: Sendable {
        /// Longest time until there is a connection, in milliseconds.
        public var connectMilliseconds = 10_000
        /// Longest time from start to end, in milliseconds.
        public var totalMilliseconds = 60_000
        /// Fewer bytes a second than these, for as many seconds, end the transfer.
        public var slow = (bytesPerSecond: 1_000, seconds: 15)
        /// Largest body of a response.
        public var maxBodyBytes = 25 << 20
        /// Largest head of a response: all fields of all its heads, such as those with the status 103.
        public var maxHeadBytes = 64 << 10

        /// The default limits.
        public init() {}
    }

    /// A `GET`; `permits` lets only hosts of the public internet be spoken to unless it is given.
    public init(
        _ address: WebAddress,
        permits: @escaping @Sendable (IPAddress) -> Bool = { $0.isPublic }
    ) {
        self.address = address
        self.permits = permits
    }
}

/// What an HTTP server answered, without the body.
public struct HTTPTransferResponse: Sendable, Equatable {
    /// Such as 200.
    public var status: Int
    /// Where a redirect leads, made absolute; nil for every other response, and for a URL that is not understood.
    public var redirect: String?

    /// Each parameter is the property of its name.
    public init(status: Int, redirect: String? = nil) {
        self.status = status
        self.redirect = redirect
    }
}

/// Why a transfer came to no end.
public enum TransferError: Error, Sendable, Equatable {
    /// The host's name is not known, or whoever knows it does not answer.
    case unresolved
    /// None of the host's addresses may be spoken to.
    case refusedAddress
    /// Nobody took the connection, or it broke.
    case broken
    /// The server is not who it should be, or speaks no version of TLS that is good enough.
    case untrusted
    /// It took too long, as a whole or in a part.
    case timedOut
    /// The body is larger than allowed.
    case tooLarge
    /// What the server sends is no HTTP, or more of a head than allowed.
    case notHTTP
    /// Something else, under libcurl's number.
    case failed(code: Int)
}
