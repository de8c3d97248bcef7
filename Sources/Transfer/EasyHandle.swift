internal import CCurl
internal import Foundation
internal import Glibc

/// One transfer of libcurl, made for one request and never used again: nothing of it is left to the next.
@safe struct EasyHandle: ~Copyable {
    private let handle: UnsafeMutableRawPointer

    init?() {
        _ = Self.library
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// The library is made ready once, before any thread uses it.
    private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Performs a transfer, on the calling thread, which is blocked.
    ///
    /// - Parameters:
    ///   - transfer: What to ask.
    ///   - course: Is told what comes in, on this thread.
    /// - Returns: The head of the response.
    /// - Throws: ``TransferError``.
    borrowing func perform(
        _ transfer: HTTPTransfer,
        _ course: TransferCourse
    ) throws(TransferError) -> HTTPTransferResponse {
        let limits = transfer.limits
        func set(_ option: CURLoption, _ value: Int) { _ = unsafe curl_set_number(handle, option, value) }
        func set(_ option: CURLoption, _ value: String) { _ = unsafe curl_set_text(handle, option, value) }
        guard unsafe curl_set_text(handle, CURLOPT_URL, transfer.address.text) == CURLE_OK else { throw .broken }
        set(CURLOPT_PROTOCOLS_STR, transfer.address.scheme)
        set(CURLOPT_FOLLOWLOCATION, 0)
        // No proxy of the environment: a proxy would connect for us, to whatever address. No files with passwords.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
        set(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
        set(CURLOPT_LOW_SPEED_LIMIT, limits.slow.bytesPerSecond)
        set(CURLOPT_LOW_SPEED_TIME, limits.slow.seconds)
        set(CURLOPT_USERAGENT, "shortlist")
        // What announces too much is not begun.
        _ = unsafe curl_set_large_number(handle, CURLOPT_MAXFILESIZE_LARGE, limits.maxBodyBytes)
        // Lent to the callbacks: `course` outlives the transfer.
        let context = unsafe Unmanaged.passUnretained(course).toOpaque()
        _ = unsafe curl_set_writer(handle, bodyDidCome, context)
        _ = unsafe curl_set_head_reader(handle, headDidCome, context)
        _ = unsafe curl_set_socket_opener(handle, socketIsWanted, context)
        _ = unsafe curl_set_progress(handle, timeDidPass, context)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(list) }
        for field in transfer.fields {
            guard let longer = unsafe curl_slist_append(list, "\(field.name): \(field.value)") else { continue }
            unsafe list = longer
        }
        _ = unsafe curl_set_list(handle, CURLOPT_HTTPHEADER, list)
        if let body = transfer.body {
            set(CURLOPT_POST, 1)
            _ = unsafe curl_set_large_number(handle, CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            _ = unsafe body.withUnsafeBytes { bytes in unsafe curl_copy_body(handle, bytes.baseAddress) }
        }
        let code = unsafe curl_easy_perform(handle)
        let response = response
        // Whoever wants no body ends the transfer, and has the head.
        if code == CURLE_OK || (code == CURLE_WRITE_ERROR && course.hasDeclined) { return response }
        throw course.failure ?? Self.error(code)
    }

    /// The head, as far as it came.
    private var response: HTTPTransferResponse {
        var status = 0
        _ = unsafe curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status)
        var redirect: UnsafePointer<CChar>?
        _ = unsafe curl_get_text(handle, CURLINFO_REDIRECT_URL, &redirect)
        return HTTPTransferResponse(status: status, redirect: unsafe redirect.map { unsafe String(cString: $0) })
    }

    private static func error(_ code: CURLcode) -> TransferError {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE: .broken
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            .untrusted
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM: .notHTTP
        default: .failed(code: Int(code.rawValue))
        }
    }
}

/// What a transfer meets on its way; used by its thread alone.
final class TransferCourse {
    private let limits: HTTPTransfer.Limits
    private let permits: (IPAddress) -> Bool
    /// Whether the body that belongs to a head is wanted.
    private let wantsBody: (Int) -> Bool
    private let isCancelled: () -> Bool
    private let take: ([UInt8]) -> Void
    private var bodyBytes = 0
    private var headBytes = 0
    private var status = 0
    private var wasAsked = false
    private var hasConnected = false
    private(set) var hasDeclined = false
    private(set) var failure: TransferError?

    init(
        _ transfer: HTTPTransfer,
        wantsBody: @escaping (Int) -> Bool,
        isCancelled: @escaping () -> Bool,
        take: @escaping ([UInt8]) -> Void
    ) {
        limits = transfer.limits
        permits = transfer.permits
        self.wantsBody = wantsBody
        self.isCancelled = isCancelled
        self.take = take
    }

    /// - Returns: Whether the transfer goes on.
    fileprivate func head(_ line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        guard headBytes <= limits.maxHeadBytes else {
            failure = .notHTTP
            return false
        }
        let text = unsafe String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") { status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }
        return true
    }

    /// - Returns: Whether the transfer goes on.
    fileprivate func body(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if !wasAsked {
            wasAsked = true
            hasDeclined = !wantsBody(status)
        }
        guard !isCancelled() else { return false }
        bodyBytes += bytes.count
        // Only at the end of a transfer libcurl says where a redirect leads: the few words that come with it are read over.
        guard !hasDeclined else { return (300..<400).contains(status) && bodyBytes <= limits.maxHeadBytes }
        guard bodyBytes <= limits.maxBodyBytes else {
            failure = .tooLarge
            return false
        }
        unsafe take(Array(bytes))
        return true
    }

    fileprivate func permitsSocket(to address: IPAddress?) -> Bool {
        guard let address, permits(address) else {
            // Another address of the same host may do.
            if !hasConnected { failure = .refusedAddress }
            return false
        }
        hasConnected = true
        failure = nil
        return true
    }

    fileprivate var mustEnd: Bool { isCancelled() }
}

// What libcurl calls, on the thread of the transfer. File-scope functions, as it takes no closures.

private func course(_ context: UnsafeMutableRawPointer?) -> TransferCourse? {
    unsafe context.map { unsafe Unmanaged<TransferCourse>.fromOpaque($0).takeUnretainedValue() }
}

@c private func bodyDidCome(
    _ data: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let goesOn = unsafe course(context)?.body(UnsafeRawBufferPointer(start: data, count: size * count)) ?? false
    // Fewer than were offered, none of them, end the transfer.
    return goesOn ? size * count : size * count == 0 ? 1 : 0
}

@c private func headDidCome(
    _ data: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let goesOn = unsafe course(context)?.head(UnsafeRawBufferPointer(start: data, count: size * count)) ?? false
    return goesOn ? size * count : size * count == 0 ? 1 : 0
}

@c private func socketIsWanted(
    _ context: UnsafeMutableRawPointer?,
    _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address = unsafe address, let course = unsafe course(context) else { return CURL_SOCKET_BAD }
    let target = unsafe curl_address(address).flatMap { unsafe IPAddress($0) }
    guard course.permitsSocket(to: target) else { return CURL_SOCKET_BAD }
    // No child that is started meanwhile gets the connection.
    let type = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return unsafe socket(address.pointee.family, type, address.pointee.protocol)
}

@c private func timeDidPass(
    _ context: UnsafeMutableRawPointer?,
    _ expected: curl_off_t,
    _ received: curl_off_t,
    _ toSend: curl_off_t,
    _ sent: curl_off_t
) -> Int32 {
    unsafe course(context)?.mustEnd ?? true ? 1 : 0
}
