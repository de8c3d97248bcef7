import Testing

@testable import GraphQL

@Suite struct RecencyCacheTests {
    @Test func `what was used longest ago goes first`() {
        var cache = RecencyCache<String, Int>(maxBytes: 30)
        for (number, key) in ["a", "b", "c"].enumerated() { cache.insert(number, for: key, bytes: 10) }
        #expect(cache.element(of: "a") == 0)
        cache.insert(3, for: "d", bytes: 10)
        #expect(cache.element(of: "b") == nil)
        #expect(["a", "c", "d"].map { cache.element(of: $0) } == [0, 2, 3])
        #expect(cache.bytes == 30 && cache.count == 3 && cache.evictions == 1)
    }

    @Test func `one heavy element pushes out as many as it needs`() {
        var cache = RecencyCache<Int, Int>(maxBytes: 100)
        for key in 0..<10 { cache.insert(key, for: key, bytes: 10) }
        #expect(cache.insert(99, for: 99, bytes: 75) == Array(0..<8))
        #expect((0..<10).filter { cache.element(of: $0) != nil } == [8, 9])
        #expect(cache.bytes == 95)
    }

    @Test func `what is heavier than the cache is not kept and pushes nothing out`() {
        var cache = RecencyCache<Int, Int>(maxBytes: 100)
        cache.insert(1, for: 1, bytes: 60)
        cache.insert(2, for: 2, bytes: 101)
        #expect(cache.element(of: 1) == 1 && cache.element(of: 2) == nil)
    }

    @Test func `a key inserted again is weighed once`() {
        var cache = RecencyCache<Int, Int>(maxBytes: 100)
        cache.insert(1, for: 1, bytes: 60)
        #expect(cache.insert(2, for: 1, bytes: 30) == [1])
        #expect(cache.element(of: 1) == 2 && cache.bytes == 30 && cache.count == 1)
    }

    @Test func `any order of use keeps the sum within the bound and the newest in`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var cache = RecencyCache<Int, Int>(maxBytes: 500)
        var model: [(key: Int, bytes: Int)] = []  // newest last
        for step in 0..<5_000 {
            let key = next(40)
            switch next(3) {
            case 0:
                let bytes = next(120)
                cache.insert(step, for: key, bytes: bytes)
                model.removeAll { $0.key == key }
                while model.reduce(bytes, { $0 + $1.bytes }) > 500 { model.removeFirst() }
                model.append((key, bytes))
            case 1:
                let found = cache.element(of: key) != nil
                let place = model.firstIndex { $0.key == key }
                #expect(found == (place != nil), "seed \(seed), step \(step)")
                if let place { model.append(model.remove(at: place)) }
            default:
                cache.remove(key)
                model.removeAll { $0.key == key }
            }
            #expect(cache.bytes == model.reduce(0) { $0 + $1.bytes }, "seed \(seed), step \(step)")
            #expect(cache.count == model.count, "seed \(seed), step \(step)")
        }
    }
}
