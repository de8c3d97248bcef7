import Schema
import Testing

@testable import GraphQLServer

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::1", "0:0:0:0::/64"),
    ])
    func `what counts as one client`(text: String, client: String) {
        #expect(NetworkAddress(text)?.client == client)
    }

    @Test(arguments: ["", "x", "1.2.3", "1.2.3.4:80", "[::1]", "1.2.3.4.5", "010.1.1.1.1"])
    func `what is no address`(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("fd00::/8", "fd12::1", true),
        ("fd00::/8", "fe00::1", false), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::2", false),
        ("10.0.0.0/33", "10.0.0.0", false), ("10.0.0.0/-1", "10.0.0.0", false), ("x/8", "10.0.0.0", false),
        ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.129", true),
    ])
    func `ranges`(range: String, text: String, isInside: Bool) throws {
        #expect(NetworkRange(range)?.contains(try #require(NetworkAddress(text))) ?? false == isInside)
    }

    @Test(arguments: [
        ("10.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1"), ("10.0.0.1", "192.0.2.1, 10.0.0.2", "192.0.2.1"),
        ("10.0.0.1", "", "10.0.0.1"), ("192.0.2.9", "6.6.6.6", "192.0.2.9"),
        ("10.0.0.1", "6.6.6.6, nonsense", "10.0.0.1"),
    ])
    func `only trusted proxies say where a request came from`(peer: String, forwarded: String, client: String) throws {
        let request = HTTPRequest(
            method: "POST",
            path: "/graphql",
            query: nil,
            fields: forwarded.isEmpty ? [:] : ["X-Forwarded-For": forwarded],
            remoteAddress: peer,
            id: "1"
        )
        let proxies = TrustedProxies(ranges: [try #require(NetworkRange("10.0.0.0/8"))])
        #expect(proxies.client(of: request) == client)
        #expect(TrustedProxies().client(of: request) == peer)
    }

    @Test func `dear operations are bounded for each recruiter`() {
        let meter = CostMeter(RateLimit(name: "test", burst: 1_000, interval: .milliseconds(10)))
        let now = ContinuousClock.now
        #expect(meter.take(600, of: "anna", at: now) == nil)
        #expect(meter.take(600, of: "anna", at: now) == .seconds(2))
        #expect(meter.take(600, of: "ben", at: now) == nil)
        #expect(meter.take(400, of: "anna", at: now) == nil)
        #expect(meter.take(600, of: "anna", at: now + .seconds(6)) == nil)
        // What is dearer than all that may be saved up may run alone.
        #expect(meter.take(5_000, of: "cid", at: now) == nil)
        #expect(meter.take(1, of: "cid", at: now) == .milliseconds(10))
    }
}
