import Foundation

/// A socket that sends bytes as they are, for what no proper client would send.
final class RawClient: @unchecked Sendable {  // used by one test at a time
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends all of `text`; false where the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Sends no more; still listens.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Waits until the server has sent something or closed; false where it does neither in so many milliseconds.
    func hasAnswer(within milliseconds: Int32) -> Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&event, 1, milliseconds) > 0
    }

    /// The next bytes; empty when the server has closed; nil after ten seconds without any.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK ? nil : [] }
        return Array(buffer.prefix(count))
    }

    /// Everything until the server closes; nil where it does not.
    func receiveAll() -> String? {
        var bytes: [UInt8] = []
        while true {
            guard let piece = receive() else { return nil }
            if piece.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece
        }
    }

    /// What came until `end` did; nil where the server closed or fell silent before.
    func receive(until end: String) -> String? {
        var text = ""
        while !text.contains(end) {
            guard let piece = receive(), !piece.isEmpty else { return nil }
            text += String(decoding: piece, as: UTF8.self)
        }
        return text
    }
}
