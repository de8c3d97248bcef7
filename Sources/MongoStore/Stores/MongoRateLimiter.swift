public import Schema
internal import Synchronization

/// Limits in the collection `rateLimits`, so that they hold over all servers.
///
/// A bucket is one time: when it will be full again. Each charge puts it off, unless it is too far off already.
///
/// - Source: the generic cell rate algorithm, ITU-T I.371.
public final class MongoRateLimiter: RateLimiter {
    private let workers: MongoWorkers
    /// Until when a charge of so much is refused, known without asking: those who hammer cost the database nothing.
    private let refused = Mutex<[String: Refusal]>([:])
    private static let maxRefused = 20_000
    /// How long the question to the database may take.
    private static let asking = Duration.milliseconds(250)

    private struct Refusal {
        let until: Timestamp
        let amount: Int
    }

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// One round trip for each charge, none for what is known to be refused.
    public func take(_ charges: [RateCharge], at now: Timestamp) async throws -> Duration? {
        for charge in charges {
            if let wait = knownRefusal(of: charge, at: now) { return wait }
        }
        for charge in charges where charge.amount > 0 {
            guard let wait = try await take(charge, at: now) else {
                refused.withLock { $0[Self.id(charge)] = nil }
                continue
            }
            remember(charge, until: now.advanced(by: wait), at: now)
            return wait
        }
        return nil
    }

    private func take(_ charge: RateCharge, at now: Timestamp) async throws -> Duration? {
        let cost = charge.limit.interval * charge.amount
        let latest = now.advanced(by: charge.limit.interval * charge.limit.burst)
        let start: BSONValue = ["$max": [["$ifNull": ["$fullAt", .time(now)]], .time(now)]]
        let command: BSONDocument = [
            "findAndModify": .string(Collections.rateLimits.name),
            "query": ["_id": .string(Self.id(charge))],
            "update": [
                [
                    "$set": [
                        "fullAt": [
                            "$let": [
                                "vars": ["next": ["$add": [start, .int(cost.milliseconds)]]],
                                "in": [
                                    "$cond": [
                                        ["$lte": ["$$next", .time(latest)]], "$$next",
                                        ["$ifNull": ["$fullAt", .time(now)]],
                                    ]
                                ],
                            ]
                        ]
                    ]
                ]
            ],
            "upsert": true,
        ]
        let before = try await workers.withClient { client in
            do {
                return try Self.fullAt(try client.write(command, isDurable: false))
            } catch let error as MongoError where error.isDuplicateKey {
                // Another server made the bucket at the same moment.
                return try Self.fullAt(try client.write(command, isDurable: false))
            }
        }
        let next = max(before ?? now, now).advanced(by: cost)
        return next <= latest ? nil : .milliseconds(next.milliseconds - latest.milliseconds)
    }

    private static func fullAt(_ reply: BSONDocument) throws -> Timestamp? {
        try reply.first("value")?.document()?.timestamp("fullAt")
    }

    private static func id(_ charge: RateCharge) -> String { "\(charge.limit.name) \(charge.key)" }

    private func knownRefusal(of charge: RateCharge, at now: Timestamp) -> Duration? {
        refused.withLock { refused in
            let id = Self.id(charge)
            guard let known = refused[id], charge.amount >= known.amount else { return nil }
            guard now < known.until else {
                // One alone asks whether there is room again: the others of a crowd are answered until that is known.
                refused[id] = Refusal(until: now.advanced(by: Self.asking), amount: known.amount)
                return nil
            }
            return .milliseconds(known.until.milliseconds - now.milliseconds)
        }
    }

    private func remember(_ charge: RateCharge, until: Timestamp, at now: Timestamp) {
        refused.withLock { refused in
            if refused.count >= Self.maxRefused { refused = refused.filter { now < $0.value.until } }
            guard refused.count < Self.maxRefused else { return }
            refused[Self.id(charge)] = Refusal(until: until, amount: charge.amount)
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
