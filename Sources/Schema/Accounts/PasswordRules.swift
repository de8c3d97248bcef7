internal import GraphQL

/// What passwords and names may be.
enum PasswordRules {
    /// bcrypt reads no more than 72.
    static let bytes = 8...72
    private static let maxNameScalars = 200

    /// The bytes of a new password.
    ///
    /// - Parameters:
    ///   - password: As it was typed; nothing is changed, so that it is the same everywhere.
    ///   - field: Of the input.
    /// - Returns: 8 to 72 bytes.
    /// - Throws: `BAD_USER_INPUT`.
    static func check(_ password: String, field: String) throws -> [UInt8] {
        let bytes = Array(password.utf8)
        guard Self.bytes.contains(bytes.count) else {
            throw GraphQLError.badInput(
                "A password has 8 to 72 bytes of UTF-8; this one has \(bytes.count).",
                field: field
            )
        }
        guard !bytes.contains(0) else {
            throw GraphQLError.badInput("A password has no NUL character.", field: field)
        }
        guard !isCommon(password), Set(bytes).count > 1 else {
            throw GraphQLError.badInput(
                "This is one of the commonest passwords, which are the first to be guessed. Choose another.",
                field: field
            )
        }
        return bytes
    }

    /// A name without what has no place in one.
    ///
    /// - Throws: `BAD_USER_INPUT`.
    static func name(_ name: String) throws -> String {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            // Joiners belong to the spelling of some languages; what turns the direction of text around does not.
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            default: true
            }
        }
        guard isPlain, name.unicodeScalars.count <= maxNameScalars, name.contains(where: { !$0.isWhitespace }) else {
            throw GraphQLError.badInput(
                "A name has 1 to \(maxNameScalars) characters, and no control characters.",
                field: "input.name"
            )
        }
        return name
    }

    /// Without regard to case, as those who guess do.
    static func isCommon(_ password: String) -> Bool { common.contains(password.lowercased()) }

    /// From `Data/passwords/common.txt`.
    private static let common = Set(
        String(decoding: PackageResources.common_passwords_txt, as: UTF8.self).split(separator: "\n").map(String.init)
    )
}
