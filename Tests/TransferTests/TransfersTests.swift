import Foundation
import Synchronization
import Testing
import Transfer

@Suite struct TransfersTests {
    /// A server on the loopback address that takes connections, and answers each with the same bytes, or with none.
    private final class Listener: Sendable {
        let port: UInt16
        private let socket: Int32
        private let received = Mutex("")

        init(answer: String?) throws {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(socket, $0, length) == 0 && listen(socket, 8) == 0
                        && getsockname(socket, $0, &length) == 0
                }
            }
            try #require(isBound)
            self.socket = socket
            port = UInt16(bigEndian: address.sin_port)
            if let answer { Thread { [self] in serve(answer) }.start() }
        }

        /// What the clients sent.
        var requests: String { received.withLock { $0 } }

        private func serve(_ answer: String) {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                var buffer = [UInt8](repeating: 0, count: 4096)
                var request = ""
                while !request.contains("\r\n\r\n") || (request.hasPrefix("POST") && !request.hasSuffix("}")) {
                    let count = unsafe read(connection, &buffer, buffer.count)
                    // Also whoever begins with TLS is answered.
                    guard count > 0, buffer[0] != 0x16 else { break }
                    request += String(decoding: buffer.prefix(count), as: UTF8.self)
                }
                received.withLock { $0 += request }
                _ = unsafe write(connection, answer, answer.utf8.count)
                close(connection)
            }
        }

        func transfer(_ path: String = "/") throws -> HTTPTransfer {
            HTTPTransfer(try #require(WebAddress("http://127.0.0.1:\(port)\(path)")), permits: { _ in true })
        }

        func stop() {
            shutdown(socket, Int32(SHUT_RDWR))
            close(socket)
        }
    }

    private final class Collected: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func add(_ piece: [UInt8]) { bytes.withLock { $0 += piece } }
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    @Test func `a request with fields and a body gets its answer`() async throws {
        let listener = try Listener(answer: "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello")
        defer { listener.stop() }
        var transfer = try listener.transfer("/v1?x=y")
        transfer.body = Array(#"{"a": 1}"#.utf8)
        transfer.fields = [("Content-Type", "application/json"), ("Authorization", "Bearer t")]
        let collected = Collected()
        let response = try await Transfers(threads: 1).perform(
            transfer,
            wantsBody: { _ in true },
            { collected.add($0) }
        )
        #expect(response == HTTPTransferResponse(status: 201) && collected.text == "hello")
        for part in [
            "POST /v1?x=y HTTP/1.1\r\n", "\r\nContent-Type: application/json\r\n", "\r\nAuthorization: Bearer t\r\n",
            "\r\nContent-Length: 8\r\n", "\r\n\r\n{\"a\": 1}",
        ] {
            #expect(listener.requests.contains(part), "\(listener.requests)")
        }
    }

    @Test func `a body that nobody wants is not read, and a redirect tells where it leads`() async throws {
        let listener = try Listener(
            answer: "HTTP/1.1 302 Found\r\nLocation: ../b\r\nContent-Length: 4\r\n\r\nlost"
        )
        defer { listener.stop() }
        let collected = Collected()
        let response = try await Transfers(threads: 1).perform(
            try listener.transfer("/x/a"),
            wantsBody: { $0 == 200 },
            { collected.add($0) }
        )
        let target = "http://127.0.0.1:\(listener.port)/b"
        #expect(response == HTTPTransferResponse(status: 302, redirect: target) && collected.text.isEmpty)
    }

    @Test func `an address that is not permitted is not connected to`() async throws {
        let listener = try Listener(answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        defer { listener.stop() }
        let transfer = HTTPTransfer(try listener.transfer().address)
        await #expect(throws: TransferError.refusedAddress) {
            try await Transfers(threads: 1).perform(transfer, wantsBody: { _ in true }, { _ in })
        }
        #expect(listener.requests.isEmpty)
    }

    @Test(arguments: [
        ("SSH-2.0-OpenSSH_9.2\r\n", TransferError.failed(code: 1)), ("", .broken),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", .broken),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 70_000))\r\n\r\n", .notHTTP),
    ])
    func `an answer that is none is an error`(answer: String, error: TransferError) async throws {
        let listener = try Listener(answer: answer)
        defer { listener.stop() }
        let transfer = try listener.transfer()
        // HTTP/0.9, which has no head at all, is not spoken.
        let expected = answer.hasPrefix("SSH") ? TransferError.notHTTP : error
        await #expect(throws: expected) {
            try await Transfers(threads: 1).perform(transfer, wantsBody: { _ in true }, { _ in })
        }
    }

    @Test func `a server that says nothing is given up, one with another certificate is not believed`() async throws {
        let silent = try Listener(answer: nil)
        let plain = try Listener(answer: "HTTP/1.1 200 OK\r\n\r\n")
        defer {
            silent.stop()
            plain.stop()
        }
        var transfer = try silent.transfer()
        transfer.limits.totalMilliseconds = 100
        let late = transfer
        await #expect(throws: TransferError.timedOut) {
            try await Transfers(threads: 1).perform(late, wantsBody: { _ in true }, { _ in })
        }
        let encrypted = HTTPTransfer(
            try #require(WebAddress("https://127.0.0.1:\(plain.port)/")),
            permits: { _ in true }
        )
        await #expect(throws: TransferError.untrusted) {
            try await Transfers(threads: 1).perform(encrypted, wantsBody: { _ in true }, { _ in })
        }
    }

    @Test func `whoever is cancelled, or takes no more, ends the transfer`() async throws {
        struct Enough: Error {}
        let silent = try Listener(answer: nil)
        let talker = try Listener(answer: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
        defer {
            silent.stop()
            talker.stop()
        }
        let transfers = Transfers(threads: 1)
        let transfer = try silent.transfer()
        let task = Task { try await transfers.perform(transfer, wantsBody: { _ in true }, { _ in }) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let other = try talker.transfer()
        await #expect(throws: Enough.self) {
            try await transfers.perform(other, wantsBody: { _ in true }, { _ in throw Enough() })
        }
    }
}
