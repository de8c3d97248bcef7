/// A cache bounded by bytes that lets go of what was used longest ago.
///
/// Not safe to share; its owner holds a lock. Every operation takes constant time.
struct RecencyCache<Key: Hashable, Element> {
    private struct Entry {
        let key: Key
        var element: Element
        var bytes: Int
        /// Towards the one used more recently; -1 at the newest.
        var newer: Int
        /// Towards the one used longer ago; -1 at the oldest.
        var older: Int
    }

    /// The most that ``bytes`` may be.
    let maxBytes: Int
    /// What the entries weigh together, by what their owner said of each.
    private(set) var bytes = 0
    /// How many entries were let go to make room.
    private(set) var evictions = 0

    private var places: [Key: Int] = [:]
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var newest = -1
    private var oldest = -1
    /// Hashes of keys that were turned away, each in the place that its last bits name; empty where none is.
    private var turnedAway: [Int]

    /// - Parameters:
    ///   - maxBytes: The most that ``bytes`` may be.
    ///   - turnsAway: Whether a key for which others would have to go is let in only when it comes again: what is asked for
    ///     once pushes out nothing that is asked for often, and is not kept only to be let go of.
    init(maxBytes: Int, turnsAway: Bool = false) {
        self.maxBytes = maxBytes
        turnedAway = turnsAway ? Array(repeating: 0, count: Self.turnedAwayCount) : []
    }

    /// A power of two; 64 KB.
    private static var turnedAwayCount: Int { 8_192 }

    /// How many entries there are.
    var count: Int { places.count }

    /// The element of `key`, which becomes the most recently used.
    mutating func element(of key: Key) -> Element? {
        guard let place = places[key] else { return nil }
        if place != newest {
            unlink(place)
            linkNewest(place)
        }
        return entries[place]?.element
    }

    /// Puts `element` in as the most recently used, in place of what stood for `key`.
    ///
    /// An element heavier than the whole cache is not kept, nor may be one that comes for the first time.
    ///
    /// - Returns: What it took the place of and what was let go to make room, for the owner to free outside its lock: taking
    ///   an element apart may take long.
    @discardableResult
    mutating func insert(_ element: Element, for key: Key, bytes weight: Int) -> [Element] {
        var freed = remove(key).map { [$0] } ?? []
        guard weight <= maxBytes, bytes + weight <= maxBytes || !freed.isEmpty || comesAgain(key) else { return freed }
        while bytes + weight > maxBytes, let entry = oldest >= 0 ? entries[oldest] : nil {
            if let old = remove(entry.key) { freed.append(old) }
            evictions += 1
        }
        let entry = Entry(key: key, element: element, bytes: weight, newer: -1, older: -1)
        let place: Int
        if let reused = free.popLast() {
            entries[reused] = entry
            place = reused
        } else {
            entries.append(entry)
            place = entries.count - 1
        }
        places[key] = place
        bytes += weight
        linkNewest(place)
        return freed
    }

    /// Whether `key` was turned away before; where nothing is, any may come in.
    private mutating func comesAgain(_ key: Key) -> Bool {
        if turnedAway.isEmpty { return true }
        let hash = key.hashValue
        let place = hash & (turnedAway.count - 1)
        defer { turnedAway[place] = hash }
        return turnedAway[place] == hash
    }

    /// Takes out what stands for `key`.
    ///
    /// - Returns: Nil where nothing does.
    @discardableResult
    mutating func remove(_ key: Key) -> Element? {
        guard let place = places.removeValue(forKey: key) else { return nil }
        unlink(place)
        bytes -= entries[place]?.bytes ?? 0
        defer { entries[place] = nil }
        free.append(place)
        return entries[place]?.element
    }

    private mutating func linkNewest(_ place: Int) {
        entries[place]?.older = newest
        entries[place]?.newer = -1
        if newest >= 0 { entries[newest]?.newer = place }
        newest = place
        if oldest < 0 { oldest = place }
    }

    private mutating func unlink(_ place: Int) {
        guard let entry = entries[place] else { return }
        if entry.newer >= 0 { entries[entry.newer]?.older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[entry.older]?.newer = entry.newer } else { oldest = entry.newer }
    }
}
