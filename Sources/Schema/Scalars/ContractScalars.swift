internal import GraphQL

extension Resolvers {
    /// The custom scalars of the contract.
    mutating func addScalars() {
        scalar("DateTime", .dateTime)
        scalar("URL", .url)
        scalar("EmailAddress", .emailAddress)
        scalar("UnitInterval", .unitInterval)
        scalar("Upload", .upload)
    }
}

extension ScalarCoercion {
    /// RFC 3339; resolvers get it, and give it, with milliseconds and in UTC.
    static let dateTime = ScalarCoercion(
        coerceInput: { value in
            guard case .string(let text) = value, let time = Timestamp(text) else {
                throw Refusal("an instant of RFC 3339, such as 2026-11-23T09:15:02.123Z, was expected")
            }
            return .string(time.description)
        },
        coerceResult: { $0 }
    )

    /// As it was given, once it was seen to be absolute.
    static let url = ScalarCoercion(
        coerceInput: { value in
            guard case .string(let text) = value, AbsoluteURL.isValid(text) else {
                throw Refusal("an absolute URL of RFC 3986 was expected")
            }
            return value
        },
        coerceResult: { $0 }
    )

    /// As it was given.
    static let emailAddress = ScalarCoercion(
        coerceInput: { value in
            guard case .string(let text) = value, EmailAddress(text) != nil else {
                throw Refusal("an e-mail address was expected")
            }
            return value
        },
        coerceResult: { $0 }
    )

    /// A float.
    static let unitInterval = ScalarCoercion(
        coerceInput: { value in
            let number: Double? =
                switch value {
                case .int(let number): Double(number)
                case .float(let number): number
                default: nil
                }
            guard let number, (0...1).contains(number) else {
                throw Refusal("a number from 0 to 1 was expected")
            }
            return .float(number)
        },
        coerceResult: { $0 }
    )

    /// What the transport put in place of a multipart request's null; resolvers look the file up, which nobody can forge.
    static let upload = ScalarCoercion(
        coerceInput: { value in
            guard case .string(let text) = value, text.hasPrefix("upload:") else {
                throw Refusal("a file of a multipart request was expected")
            }
            return value
        },
        coerceResult: { _ in
            throw Refusal("files are never shown")
        }
    )
}
