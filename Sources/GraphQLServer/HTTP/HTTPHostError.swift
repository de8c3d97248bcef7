/// Why the server cannot listen, or why a body ended before its end.
enum HTTPHostError: Error, Equatable {
    /// The address is not a numeric one, is not this machine's, or its port is taken. The number is an errno.
    case cannotListen(host: String, port: Int, errno: Int32)
    /// The client closed the connection, or was too slow.
    case clientLeft
}
