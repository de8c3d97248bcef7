/// Random numbers that follow from a seed.
///
/// - Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014 (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter seeds: Other seeds, or the same in another order, give other numbers.
    init(_ seeds: UInt64...) {
        state = 0
        for seed in seeds { state = Self.mixed(state &+ Self.step ^ seed) }
    }

    mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mixed(state)
    }

    /// One of `items`, which must not be empty.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: items.indices, using: &self)] }

    /// Whether something of this probability happens.
    mutating func happens(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
