internal import CCurl
internal import Foundation
internal import Schema

/// A mail server that takes messages by SMTP, over libcurl.
///
/// - Source: RFC 5321, RFC 3207 (STARTTLS), RFC 4954 (AUTH); libcurl's manual.
struct SMTPServer: MailTransport {
    /// Which server, and how much it is trusted.
    struct Address: Equatable, Sendable {
        /// As in a URL: an IPv6 address in brackets.
        var host: String
        var port: Int
        /// From the first byte, as `smtps` has it; else by STARTTLS.
        var isEncrypted: Bool
        var user: String?
        var password: String?

        /// Whether a connection that does not get encrypted is given up.
        ///
        /// Where a password is sent it must be, but for a server on this machine: whoever sits between could take STARTTLS out of
        /// the greeting. Without a password it is used where it is offered.
        var needsEncryption: Bool {
            let isLocal = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
            return isEncrypted || (password != nil && !isLocal)
        }

        /// Names the server, and no password.
        var description: String { "\(isEncrypted ? "smtps" : "smtp")://\(host):\(port)" }
    }

    let address: Address
    /// Certificates that are trusted; nil for the system's.
    var certificates: String?
    /// Transfers block, one after the other.
    private let queue = DispatchQueue(label: "mail")
    private static let started: Void = {
        _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()

    init(address: Address, certificates: String? = nil) {
        self.address = address
        self.certificates = certificates
        _ = Self.started
    }

    func deliver(
        _ message: [UInt8],
        named identifier: String,
        from sender: EmailAddress,
        to recipient: EmailAddress
    ) async throws {
        try await onQueue { try transfer(message, from: sender, to: recipient) }
    }

    func check() async throws -> String {
        try await onQueue {
            try unsafe converse { handle in
                [
                    unsafe curl_set_text(handle, CURLOPT_CUSTOMREQUEST, "NOOP"),
                    // Else the answer would go to standard output.
                    unsafe curl_set_number(handle, CURLOPT_NOBODY, 1),
                ]
            }
        }
        return "\(address.description) answers\(address.user == nil ? "" : ", and lets us in")"
    }

    private func onQueue(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    private func transfer(_ message: [UInt8], from sender: EmailAddress, to recipient: EmailAddress) throws {
        let recipients = unsafe curl_slist_append(nil, "<\(recipient)>")
        defer { unsafe curl_slist_free_all(recipients) }
        let source = MessageSource(message)
        let context = unsafe Unmanaged.passRetained(source)
        // Taken back here, after the transfer, and nowhere else.
        defer { unsafe context.release() }
        try unsafe converse { handle in
            [
                unsafe curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender)>"),
                unsafe curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients),
                unsafe curl_set_number(handle, CURLOPT_UPLOAD, 1),
                unsafe curl_set_reader(handle, mailIsRead, context.toOpaque()),
            ]
        }
    }

    /// Connects, encrypts, logs in, and does what `command` sets.
    private func converse(_ command: (UnsafeMutableRawPointer) -> [CURLcode]) throws {
        guard let handle = unsafe curl_easy_init() else {
            throw MailFailure(description: "libcurl did not begin", isFinal: false)
        }
        defer { unsafe curl_easy_cleanup(handle) }
        let encryption = address.needsEncryption ? CURLUSESSL_ALL : CURLUSESSL_TRY
        var codes = [
            unsafe curl_set_text(handle, CURLOPT_URL, address.description),
            unsafe curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            unsafe curl_set_number(handle, CURLOPT_USE_SSL, Int(encryption.rawValue)),
            unsafe curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
            unsafe curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10),
            unsafe curl_set_number(handle, CURLOPT_TIMEOUT, 30),
            unsafe curl_set_text(handle, CURLOPT_PROXY, ""),
        ]
        codes += unsafe command(handle)
        if let user = address.user { codes.append(unsafe curl_set_text(handle, CURLOPT_USERNAME, user)) }
        if let password = address.password { codes.append(unsafe curl_set_text(handle, CURLOPT_PASSWORD, password)) }
        if let certificates { codes.append(unsafe curl_set_text(handle, CURLOPT_CAINFO, certificates)) }
        for code in codes where code != CURLE_OK { throw Self.failure(code, reply: 0) }
        let code = unsafe curl_easy_perform(handle)
        guard code != CURLE_OK else { return }
        var reply = 0
        _ = unsafe curl_get_number(handle, CURLINFO_RESPONSE_CODE, &reply)
        throw Self.failure(code, reply: reply)
    }

    /// libcurl's own words and the server's number: the server's words may hold the address.
    private static func failure(_ code: CURLcode, reply: Int) -> MailFailure {
        let words = unsafe String(cString: curl_easy_strerror(code))
        // An address that the server refuses for good, and not a log-in or an encryption that failed: those can be mended.
        let isFinal = code == CURLE_SEND_ERROR && (550...559).contains(reply)
        return MailFailure(description: reply == 0 ? words : "\(words) (\(reply))", isFinal: isFinal)
    }
}

/// What of a message was not sent yet.
///
/// `@unchecked Sendable`: used by the thread of its transfer alone.
private final class MessageSource: @unchecked Sendable {
    private let message: [UInt8]
    private var position = 0

    init(_ message: [UInt8]) { self.message = message }

    /// Copies the next bytes.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - position)
        unsafe buffer.copyBytes(from: message[position..<(position + count)])
        position += count
        return count
    }
}

/// libcurl asks for the next bytes, on the thread of the transfer.
@c private func mailIsRead(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
    // Retained by the transfer, which is under way.
    let source = unsafe Unmanaged<MessageSource>.fromOpaque(context).takeUnretainedValue()
    return unsafe source.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}
