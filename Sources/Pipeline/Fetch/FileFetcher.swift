internal import Pipeline
public import Transfer

/// Fetches files from where recruiters keep them.
///
/// What may be fetched is asked again for every redirect, and for every address before it is connected to, so that neither
/// a redirect nor a name that changes its address leads elsewhere. Nothing of the request tells who asks for what.
public struct FileFetcher: Sendable {
    /// What may be fetched.
    public let rules: FetchRules
    private let transfers: Transfers
    private let limits: HTTPTransfer.Limits

    /// - Parameters:
    ///   - rules: What may be fetched.
    ///   - transfers: On whose threads.
    ///   - limits: What a fetch may cost, all redirects together.
    public init(rules: FetchRules, transfers: Transfers, limits: HTTPTransfer.Limits = .forFiles) {
        self.rules = rules
        self.transfers = transfers
        self.limits = limits
    }

    private static let maxRedirects = 5

    /// Fetches a file.
    ///
    /// - Parameters:
    ///   - url: As it was registered.
    ///   - write: Takes each piece of the content.
    /// - Throws: ``PipelineError`` of the fetch stage; what `write` throws; `CancellationError`.
    public func fetch(_ url: String, _ write: @Sendable ([UInt8]) async throws -> Void) async throws {
        let start = ContinuousClock.now
        var (next, wasEncrypted) = (url, false)
        for hop in 0...Self.maxRedirects {
            if let refusal = rules.refusal(of: next) { throw hop == 0 ? refusal : Self.leadsElsewhere }
            guard let address = WebAddress(next) else { throw Self.leadsElsewhere }
            // What began encrypted stays so.
            guard !wasEncrypted || address.scheme == "https" else { throw Self.leadsElsewhere }
            wasEncrypted = address.scheme == "https"
            var transfer = HTTPTransfer(address) { [rules] in rules.permits($0) }
            transfer.limits = limits
            let spent = Int((ContinuousClock.now - start) / .milliseconds(1))
            transfer.limits.totalMilliseconds = max(1, limits.totalMilliseconds - spent)
            let response: HTTPTransferResponse
            do {
                response = try await transfers.perform(transfer, wantsBody: { $0 == 200 }, write)
            } catch let error as TransferError {
                throw Self.error(error, limits)
            }
            switch response.status {
            case 200: return
            case 301, 302, 303, 307, 308:
                guard let redirect = response.redirect else { throw Self.leadsElsewhere }
                next = redirect
            default: throw Self.refused(response.status)
            }
        }
        throw Self.leadsElsewhere
    }

    // MARK: - Errors

    private static func error(_ error: TransferError, _ limits: HTTPTransfer.Limits) -> PipelineError {
        switch error {
        case .unresolved: unreachable("The file's server was not found: check the URL, or try again.", retryable: true)
        case .refusedAddress:
            unreachable(
                "The file's server is not on the public internet: put the file elsewhere, or send it to a URL of"
                    + " createUploads."
            )
        case .broken: unreachable("The file's server did not answer, or broke off: try again.", retryable: true)
        case .untrusted:
            unreachable("The file's server could not prove who it is: have its certificate mended, or use another URL.")
        case .notHTTP: unreachable("The file's server gave no proper answer: use another URL.")
        case .timedOut:
            PipelineError(
                .timedOut,
                "Fetching the file took too long: try again, or put it on a faster server.",
                stage: .fetch,
                retryable: true
            )
        case .tooLarge:
            PipelineError(
                .fileTooLarge,
                "The file is larger than \(limits.maxBodyBytes >> 20) MB: save it with smaller pictures, or send fewer pages.",
                stage: .fetch
            )
        case .failed: unreachable("The file could not be fetched: try again.", retryable: true)
        }
    }

    private static func refused(_ status: Int) -> PipelineError {
        switch status {
        case 401, 403, 407, 451:
            unreachable(
                "The file's server does not give the file to everybody (\(status)): give a URL that needs no sign-in."
            )
        case 404, 410: unreachable("There is no file at the URL (\(status)): check it.")
        case 408, 425, 429, 500...599:
            unreachable("The file's server is not able to give the file now (\(status)): try again.", retryable: true)
        default: unreachable("The file's server refused the file (\(status)): check the URL.")
        }
    }

    private static let leadsElsewhere = unreachable(
        "The URL leads on to where files may not be fetched from: give the URL of the file itself."
    )

    private static func unreachable(_ message: String, retryable: Bool = false) -> PipelineError {
        PipelineError(.fileUnreachable, message, stage: .fetch, retryable: retryable)
    }
}

extension HTTPTransfer.Limits {
    /// What a resume may cost to fetch.
    public static var forFiles: HTTPTransfer.Limits {
        var limits = HTTPTransfer.Limits()
        limits.maxBodyBytes = ExtractionLimits().maxFileBytes
        return limits
    }
}
