import Foundation

/// A connection that is read only when a test reads it.
final class SlowReader {
    private let descriptor: Int32
    private var text = ""
    private(set) var events = 0

    /// Waits for answers; tells how long after `start` each came, in seconds.
    static func arrivals(of clients: [SlowReader], since start: Date) -> [Double] {
        var pending = clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var arrivals: [Double] = []
        while !pending.isEmpty, unsafe poll(&pending, nfds_t(pending.count), 20_000) > 0 {
            let elapsed = Date().timeIntervalSince(start)
            arrivals += pending.filter { $0.revents != 0 }.map { _ in elapsed }
            pending.removeAll { $0.revents != 0 }
        }
        return arrivals
    }

    /// Whether something has been sent to the client.
    var hasAnswer: Bool {
        var pending = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&pending, 1, 0) > 0
    }

    /// Waits until so many of the clients have been sent something; false where that takes too long.
    static func waitForAnswers(_ count: Int, of clients: [SlowReader]) -> Bool {
        var pending = clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        for _ in 0..<clients.count {
            guard unsafe poll(&pending, nfds_t(pending.count), 20_000) > 0 else { return false }
            // Those who have an answer are not asked again.
            pending.removeAll { $0.revents != 0 }
            if clients.count - pending.count >= count { return true }
        }
        return false
    }

    convenience init(_ url: URL, token: String, query: String) throws {
        let body = try JSONSerialization.data(withJSONObject: ["query": query])
        try self.init(url, token: token, body: body, accept: "text/event-stream")
    }

    init(_ url: URL, token: String, body: Data, accept: String, fields: [String: String] = [:]) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // As little as the system keeps for a reader that does not read.
        var size: Int32 = 4_096
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(url.port ?? 0).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
        let head = """
            POST /graphql HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer \(token)\r
            Accept: \(accept)\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            \(fields.map { "\($0): \($1)\r\n" }.joined())\r

            """
        let bytes = Array(head.utf8) + Array(body)
        guard unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw POSIXError(.EPIPE)
        }
    }

    deinit { close(descriptor) }

    /// Reads until `end` came; false where nothing comes any more.
    func read(until end: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
            let isFound = text.contains(end)
            events += text.components(separatedBy: "event: next").count - 1
            // A piece may end within what is looked for.
            text = String(text.suffix(40)).replacingOccurrences(of: "event: next", with: "event")
            if isFound { return true }
        }
    }
}
