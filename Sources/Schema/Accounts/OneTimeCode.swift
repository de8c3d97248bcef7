/// Six digits that are mailed, and what is stored of them.
struct OneTimeCode {
    /// How long it works.
    static let lifetime = Duration.seconds(5 * 60)
    /// How often it may be tried.
    static let tries = 5
    /// How long no other is mailed on request.
    static let coolDown = Duration.seconds(60)

    /// Six digits.
    let digits: String

    /// Draws one, each as likely as every other.
    init(_ cryptography: any AccountCryptography) throws {
        // Numbers beyond the last whole million are drawn again: they would favour the low codes.
        let limit = UInt32.max - UInt32.max % 1_000_000
        var number: UInt32
        repeat {
            number = try cryptography.randomBytes(4).reduce(0) { $0 << 8 | UInt32($1) }
        } while number >= limit
        let text = String(number % 1_000_000)
        digits = String(repeating: "0", count: 6 - text.utf8.count) + text
    }

    /// - Parameter text: As a person typed it, with spaces around or between; nil for what are not six digits.
    init?(_ text: String) {
        let digits = text.filter { $0 != " " }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.digits = digits
    }

    /// What may be stored of it: bound to its purpose and address, and worthless without the server's secrets.
    ///
    /// - Returns: Under each secret, that of the first is stored.
    func digests(
        _ purpose: CodePurpose,
        _ email: EmailAddress,
        _ cryptography: any AccountCryptography
    ) throws -> [[UInt8]] {
        try cryptography.digests(of: Array("code \(purpose.rawValue) \(email.key) \(digits)".utf8))
    }
}
