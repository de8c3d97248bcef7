public import Pipeline
public import Transfer

/// Which URLs files may be fetched from, and which addresses may be spoken to for that.
///
/// A URL is allowed where its host is listed, or its host is an address of a listed block. It must be of `https`; plain `http`
/// is allowed for blocks, for `localhost`, and where an entry says `http://`. Only public addresses are spoken to, and
/// those of listed blocks: a listed name that leads to a private address leads nowhere.
public struct FetchRules: Sendable, Equatable {
    /// A place that is listed.
    public struct Entry: Sendable, Hashable {
        /// What is listed.
        public enum Place: Sendable, Hashable {
            /// In lower case, without a dot at the end.
            case host(String)
            case block(AddressBlock)
        }

        /// What is listed.
        public var place: Place
        /// Nil for all.
        public var port: Int?
        /// Whether a file may come unencrypted.
        public var allowsPlain: Bool

        /// Each parameter is the property of its name.
        public init(_ place: Place, port: Int? = nil, allowsPlain: Bool) {
            self.place = place
            self.port = port
            self.allowsPlain = allowsPlain
        }

        /// Reads `HOST`, `HOST:PORT`, `http://HOST[:PORT]`, an address, or a block such as `10.1.0.0/16`.
        ///
        /// - Returns: Several for `localhost`, which names the loopback addresses too; nil for what is none of these.
        public static func read(_ text: String) -> [Entry]? {
            if let block = AddressBlock(text) { return [Entry(.block(block), allowsPlain: true)] }
            let isPlain = text.lowercased().hasPrefix("http://")
            let rest = isPlain || text.lowercased().hasPrefix("https://") ? text : "https://\(text)"
            // As URLs are read, so that both are compared in one form.
            guard !text.contains("@"), let address = WebAddress(rest), address.path == "/", !address.text.contains("?"),
                !text.hasSuffix("/")
            else { return nil }
            let hasPort = text.last.map { $0.isNumber } == true && text.contains(":\(address.port)")
            let port = hasPort ? address.port : nil
            if let ip = IPAddress(address.host) {
                return AddressBlock("\(ip)").map { [Entry(.block($0), port: port, allowsPlain: true)] }
            }
            guard address.host.utf8.allSatisfy({ isNamed($0) }) else { return nil }
            let entry = Entry(.host(address.host), port: port, allowsPlain: isPlain || address.host == "localhost")
            guard address.host == "localhost" else { return [entry] }
            return [entry]
                + ["127.0.0.0/8", "::1"].compactMap { AddressBlock($0) }
                .map { Entry(.block($0), port: port, allowsPlain: true) }
        }

        private static func isNamed(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
                || byte >= 0x80
        }

        func matches(_ address: WebAddress) -> Bool {
            guard port == nil || port == address.port, allowsPlain || address.scheme == "https" else { return false }
            return switch place {
            case .host(let host): host == address.host
            case .block(let block): IPAddress(address.host).map { block.contains($0) } ?? false
            }
        }
    }

    /// What is listed.
    public var entries: [Entry]
    /// Of these hosts, at these ports, only what lies under the path is allowed, whatever is listed.
    public var roots: [WebAddress]

    /// Each parameter is the property of its name.
    public init(entries: [Entry], roots: [WebAddress] = []) {
        self.entries = entries
        self.roots = roots
    }

    /// Nothing is allowed.
    public static let nothing = FetchRules(entries: [])

    /// Why a URL may not be fetched.
    ///
    /// - Returns: Nil where it may.
    public func refusal(of url: String) -> PipelineError? {
        guard let address = WebAddress(url) else { return Self.noWebAddress }
        if let root = roots.first(where: { $0.host == address.host && $0.port == address.port }) {
            return lies(address, under: root) ? nil : Self.otherCloud
        }
        guard !entries.contains(where: { $0.matches(address) }) else { return nil }
        var encrypted = address.text
        if address.scheme == "http" { encrypted = "https" + encrypted.dropFirst(4) }
        if address.scheme == "http", let other = WebAddress(encrypted), entries.contains(where: { $0.matches(other) }) {
            return Self.notEncrypted
        }
        return Self.notListed(address.host)
    }

    /// A server may read `%2e` as a dot and `%2f` as a slash: a path with these lies under nothing.
    private func lies(_ address: WebAddress, under root: WebAddress) -> Bool {
        let path = address.path.lowercased()
        return address.scheme == root.scheme && address.path.hasPrefix(root.path)
            && !["%2e", "%2f", "%5c", "\\", "//"].contains { path.contains($0) }
    }

    /// Whether a host may be spoken to, whatever its name.
    public func permits(_ address: IPAddress) -> Bool {
        address.isPublic
            || entries.contains { if case .block(let block) = $0.place { block.contains(address) } else { false } }
    }

    private static let noWebAddress = PipelineError(
        .fileUnreachable,
        "Only URLs of https can be registered, without a user name: give one, or ask createUploads where to send the file.",
        stage: .fetch
    )
    private static let notEncrypted = PipelineError(
        .fileUnreachable,
        "Files are not fetched unencrypted: give the URL with https.",
        stage: .fetch
    )
    private static let otherCloud = PipelineError(
        .fileUnreachable,
        "Only files of this server's own cloud can be registered from there: ask createUploads where to send the file.",
        stage: .fetch
    )

    private static func notListed(_ host: String) -> PipelineError {
        PipelineError(
            .fileUnreachable,
            "Files of \(host.prefix(100)) may not be fetched: ask createUploads where to send the file, or have the host"
                + " allowed by whoever runs this server.",
            stage: .fetch
        )
    }
}
