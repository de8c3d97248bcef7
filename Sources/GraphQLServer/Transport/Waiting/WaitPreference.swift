/// How long a client would wait for something new.
///
/// - Source: RFC 7240, §2 and §4.3.
enum WaitPreference {
    /// The longest that an answer is held.
    static let longest = Duration.seconds(30)

    /// What `Prefer` says of `wait`.
    ///
    /// - Parameter fields: Of the request.
    /// - Returns: At most ``longest``; nil where the client says nothing of it, or nothing that can be understood.
    static func read(_ fields: HTTPFields) -> Duration? {
        for entry in fields.values("Prefer").flatMap({ $0.split(separator: ",") }) {
            // Parameters of a preference follow a semicolon.
            let preference = entry.split(separator: ";", omittingEmptySubsequences: false)[0]
            let parts = preference.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\t" } }
            guard parts.count == 2, parts[0].lowercased() == "wait" else { continue }
            // The first one counts.
            let seconds = parts[1].filter { $0 != "\"" }
            guard !seconds.isEmpty, seconds.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int64(seconds).map { min(.seconds($0), longest) } ?? longest
        }
        return nil
    }
}
