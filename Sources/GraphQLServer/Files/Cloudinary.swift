internal import Foundation
internal import Schema
internal import Transfer

/// An account at Cloudinary, where browsers upload files directly, by parameters that we sign.
///
/// Files lie under names that nobody can guess, and everybody who knows such a name can read the file.
///
/// - Source: Cloudinary's documentation, “Generating authentication signatures” and “Upload API reference”.
struct Cloudinary: Sendable, Equatable {
    /// How an account has its signatures made.
    enum Algorithm: String, CaseIterable, Sendable {
        case sha1
        case sha256
    }

    let cloud: String
    let key: String
    private let secret: String
    var uploadPrefix = "https://api.cloudinary.com"
    /// Under it lies everything that the cloud delivers.
    var deliveryPrefix = "https://res.cloudinary.com"
    var algorithm = Algorithm.sha1

    init(cloud: String, key: String, secret: String) {
        self.cloud = cloud
        self.key = key
        self.secret = secret
    }

    /// Reads `cloudinary://KEY:SECRET@CLOUD`, with the options `upload_prefix`, `delivery_prefix` and `signature_algorithm`
    /// as a query.
    ///
    /// - Returns: Nil for what is none of that; other options are left alone.
    init?(_ text: String) {
        let scheme = "cloudinary://"
        guard text.hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard let at = rest.firstIndex(of: "@") else { return nil }
        let credentials = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let (place, query) = Self.halves(rest[rest.index(after: at)...], "?")
        guard credentials.count == 2, let key = credentials[0].removingPercentEncoding, !key.isEmpty,
            let secret = credentials[1].removingPercentEncoding, !secret.isEmpty, Self.isName(place)
        else { return nil }
        self.init(cloud: String(place), key: key, secret: secret)
        for option in query.split(separator: "&") {
            let (name, encoded) = Self.halves(option, "=")
            let value = encoded.removingPercentEncoding ?? ""
            switch name {
            case "upload_prefix", "delivery_prefix":
                guard WebAddress(value) != nil, !value.hasSuffix("/") else { return nil }
                if name == "upload_prefix" { uploadPrefix = value } else { deliveryPrefix = value }
            case "signature_algorithm":
                guard let algorithm = Algorithm(rawValue: value.lowercased()) else { return nil }
                self.algorithm = algorithm
            default: break
            }
        }
    }

    private static func halves(_ text: Substring, _ mark: Character) -> (Substring, Substring) {
        guard let place = text.firstIndex(of: mark) else { return (text, "") }
        return (text[..<place], text[text.index(after: place)...])
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x5F
            }
    }

    /// What is delivered of this cloud, and nothing of another, begins with this.
    var deliveryRoot: WebAddress? { WebAddress("\(deliveryPrefix)/\(cloud)/") }

    /// Where a browser may send a file, once.
    ///
    /// Cloudinary takes a signature for an hour, and sees to it that nothing is overwritten.
    ///
    /// - Throws: ``Cryptography/Failure``.
    func upload(_ file: NewFile) throws -> UploadLink {
        let name = try Cryptography.randomBytes(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0\(digits)" : digits
        }
        let id = "shortlist/\(name.joined())"
        let signed = [
            ("overwrite", "false"), ("public_id", id), ("timestamp", "\(file.createdAt.milliseconds / 1000)"),
        ]
        let fields = signed + [("api_key", key), ("signature", try signature(of: signed))]
        return UploadLink(
            url: "\(uploadPrefix)/v1_1/\(cloud)/raw/upload",
            method: "POST",
            fields: fields.map { FormField(name: $0.0, value: $0.1) },
            fileURL: "\(deliveryPrefix)/\(cloud)/raw/upload/\(id)",
            expiresAt: file.expiresAt
        )
    }

    /// The digest of the parameters in the order of their names, followed by the secret; in hexadecimal.
    func signature(of parameters: [(String, String)]) throws -> String {
        let text = parameters.sorted { $0.0 < $1.0 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&") + secret
        return try Cryptography.hexadecimalDigest(Array(text.utf8), algorithm: algorithm.rawValue)
    }
}
