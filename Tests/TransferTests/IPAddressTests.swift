import Testing
import Transfer

@Suite struct IPAddressTests {
    @Test(arguments: [
        // This host, private, link-local with the metadata of clouds, carriers' networks, tests, groups, broadcast.
        "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "168.63.129.16", "192.88.99.1",
        // The same in version 6, and version 4 in every dress.
        "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1",
    ])
    func `an address that is no ordinary host's is not public`(text: String) throws {
        #expect(try !#require(IPAddress(text)).isPublic)
    }

    @Test(arguments: ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.1", "2606:4700::1111"])
    func `an ordinary address is public`(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "0x7f.1", "127.1", "017.0.0.1", "256.1.1.1", "::g", "example.com"])
    func `what is no address in the usual notation is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `a block holds the addresses that share its bits, of its version alone`() throws {
        let block = try #require(AddressBlock("10.1.128.0/17"))
        #expect(block.contains(try #require(IPAddress("10.1.255.255"))))
        #expect(!block.contains(try #require(IPAddress("10.1.127.255"))))
        #expect(!block.contains(try #require(IPAddress("::ffff:10.1.128.1"))))
        #expect(try #require(AddressBlock("0.0.0.0/0")).contains(try #require(IPAddress("9.9.9.9"))))
        #expect(try #require(AddressBlock("::1")).contains(try #require(IPAddress("[::1]"))))
        for wrong in ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8", "10.0.0.0/8/8", "::/129", "host/8"] {
            #expect(AddressBlock(wrong) == nil, "\(wrong)")
        }
    }
}

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("HTTPS://Files.Example.COM/a/b.pdf?x=1#part", "https", "files.example.com", 443, "/a/b.pdf"),
        ("http://example.com.:8080/", "http", "example.com", 8080, "/"),
        ("http://2130706433/x", "http", "127.0.0.1", 80, "/x"), ("http://0x7f.1/", "http", "127.0.0.1", 80, "/"),
        ("http://[::1]:9/", "http", "::1", 9, "/"), ("https://a.example/x/../../y", "https", "a.example", 443, "/y"),
    ])
    func `a URL is read as it will be fetched`(
        text: String,
        scheme: String,
        host: String,
        port: Int,
        path: String
    ) throws {
        let address = try #require(WebAddress(text))
        #expect(address.scheme == scheme && address.host == host && address.port == port && address.path == path)
        #expect(!address.text.contains("#"))
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://example.com/a", "gopher://example.com", "https://user@example.com/",
        "https://user:secret@example.com/", "https://", "//example.com", "example.com", "https://exa mple.com/",
        "javascript:alert(1)", "https://example.com:99999/",
    ])
    func `other schemes, credentials and what is no URL are refused`(text: String) {
        #expect(WebAddress(text) == nil)
    }
}
