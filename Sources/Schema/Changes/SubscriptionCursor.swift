/// How far a client has followed a subscription.
///
/// It names a state in the database and nothing of a server, so it is good at every server and after every restart, however
/// old it is. It allows nothing: whoever makes one up sees what it would see without.
struct SubscriptionCursor: Equatable, Sendable {
    /// What was seen.
    enum Position: Equatable, Sendable {
        /// A job or batch, at this version.
        case version(Int64)
        /// A job's resumes, up to this one: rows are followed in the order of these two.
        case row(changedAt: Timestamp, id: ObjectID)
    }

    /// Which subscription: cursors of another one mean nothing.
    enum Kind: UInt8, Sendable {
        case batchProgress = 0x62
        case jobChanged = 0x6A
        case resumeChanged = 0x72
    }

    let kind: Kind
    /// Of the job or batch that is followed.
    let subject: ObjectID
    let position: Position

    /// As clients see it, who make nothing of it.
    var text: String {
        var bytes = [kind.rawValue] + subject.bytes
        switch position {
        case .version(let version): bytes += Self.bytes(UInt64(bitPattern: version))
        case .row(let time, let id): bytes += Self.bytes(UInt64(bitPattern: time.milliseconds)) + id.bytes
        }
        return Base64URL.encode(bytes + Self.bytes(Self.sum(bytes)))
    }

    init(_ kind: Kind, of subject: ObjectID, at position: Position) {
        self.kind = kind
        self.subject = subject
        self.position = position
    }

    /// - Parameter text: As a client sent it; nil for what is no cursor, or a damaged one.
    init?(_ text: String) {
        guard text.utf8.count <= 64, let bytes = Base64URL.decode(text), let kind = bytes.first.flatMap(Kind.init),
            bytes.count == (kind == .resumeChanged ? 41 : 29), let subject = ObjectID(bytes: bytes[1..<13])
        else { return nil }
        let content = bytes.dropLast(8)
        guard Self.integer(bytes.suffix(8)) == Self.sum(content) else { return nil }
        let number = Int64(bitPattern: Self.integer(bytes[13..<21]))
        if kind == .resumeChanged {
            guard let id = ObjectID(bytes: bytes[21..<33]) else { return nil }
            position = .row(changedAt: Timestamp(milliseconds: number), id: id)
        } else {
            position = .version(number)
        }
        self.kind = kind
        self.subject = subject
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    }

    private static func integer(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Tells damage: FNV-1a of 64 bits.
    private static func sum(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
