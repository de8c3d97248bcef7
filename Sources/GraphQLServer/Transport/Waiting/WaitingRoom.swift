internal import GraphQL
internal import Schema
internal import Synchronization

/// Bounds how many requests of one recruiter and of one address wait or stream at the same time, and notices clients that left.
///
/// A connection that waits tells nothing of its client's end: every second each is looked at. A thousand take a millisecond.
final class WaitingRoom: Sendable {
    /// 0 for no bound.
    struct Limits: Sendable {
        var perRecruiter = 100
        var perAddress = 1_000
    }

    private struct State {
        var places: [ObjectIdentifier: Entry] = [:]
        var byRecruiter: [ObjectID: Int] = [:]
        var byAddress: [String: Int] = [:]
        var isLooking = false
    }

    private struct Entry {
        let recruiter: ObjectID?
        let address: String
        let client: HTTPClient?
    }

    private let limits: Limits
    private let state = Mutex(State())
    private static let lookInterval = Duration.seconds(1)
    /// When to come again where there is no place.
    private static let retryAfterMilliseconds = 5_000

    init(limits: Limits = Limits()) { self.limits = limits }

    /// How many wait.
    var count: Int { state.withLock { $0.places.count } }

    /// The place of one request, which it has not taken yet.
    ///
    /// - Parameters:
    ///   - recruiter: Who is signed in.
    ///   - address: That counts as one client's.
    ///   - client: Is looked after while it waits; nil where nothing is known of the connection.
    /// - Returns: Free until it is taken.
    func place(of recruiter: ObjectID?, at address: String, _ client: HTTPClient?) -> Place {
        Place(room: self, recruiter: recruiter, address: address, client: client)
    }

    /// The place of a request; free again when nobody holds it, at the latest.
    final class Place: Sendable {
        private let room: WaitingRoom
        private let recruiter: ObjectID?
        private let address: String
        private let client: HTTPClient?

        fileprivate init(room: WaitingRoom, recruiter: ObjectID?, address: String, client: HTTPClient?) {
            self.room = room
            self.recruiter = recruiter
            self.address = address
            self.client = client
        }

        deinit { leave() }

        /// Takes the place; does nothing where it is taken.
        ///
        /// - Throws: `RATE_LIMITED`.
        func take() throws(GraphQLError) {
            let entry = Entry(recruiter: recruiter, address: address, client: client)
            guard room.enter(ObjectIdentifier(self), entry) else {
                throw GraphQLError(
                    "Too many requests wait already. Let some end, or ask without waiting.",
                    extensions: [
                        "code": .string("RATE_LIMITED"), "retryAfterMs": .int(WaitingRoom.retryAfterMilliseconds),
                    ]
                )
            }
        }

        func leave() { room.leave(ObjectIdentifier(self)) }
    }

    private func enter(_ id: ObjectIdentifier, _ entry: Entry) -> Bool {
        let (hasEntered, mustLook) = state.withLock { state in
            if state.places[id] != nil { return (true, false) }
            let ofRecruiter = entry.recruiter.map { state.byRecruiter[$0] ?? 0 } ?? 0
            let ofAddress = state.byAddress[entry.address] ?? 0
            if limits.perRecruiter > 0, ofRecruiter >= limits.perRecruiter { return (false, false) }
            if limits.perAddress > 0, ofAddress >= limits.perAddress { return (false, false) }
            if let recruiter = entry.recruiter { state.byRecruiter[recruiter] = ofRecruiter + 1 }
            state.byAddress[entry.address] = ofAddress + 1
            state.places[id] = entry
            defer { state.isLooking = true }
            return (true, !state.isLooking)
        }
        if mustLook { Task { await look() } }
        return hasEntered
    }

    private func leave(_ id: ObjectIdentifier) {
        state.withLock { state in
            guard let entry = state.places.removeValue(forKey: id) else { return }
            if let recruiter = entry.recruiter {
                state.byRecruiter[recruiter] = state.byRecruiter[recruiter].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
            state.byAddress[entry.address] = state.byAddress[entry.address].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    /// Looks after the clients until nobody waits.
    private func look() async {
        while true {
            try? await Task.sleep(for: Self.lookInterval)
            let clients: [HTTPClient]? = state.withLock { state in
                state.isLooking = !state.places.isEmpty
                return state.isLooking ? state.places.values.compactMap(\.client) : nil
            }
            guard let clients else { return }
            for client in clients where client.hasLeft { client.abandon() }
        }
    }
}
