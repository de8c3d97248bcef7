import Glibc
import GraphQL

extension ResponseBuffer {
    /// Writes that the engine refuses what was asked, and why.
    mutating func writeRefusal(of errors: [GraphQLError]) {
        write(raw: "{\"ok\":false,\"errors\":")
        write(errors: errors)
        write(raw: "}")
    }

    /// Writes errors with their places as pairs of line and column.
    mutating func write(errors: [GraphQLError]) {
        write(
            value: .list(
                errors.map { error in
                    var entry: Value.Object = ["message": .string(error.message)]
                    if !error.locations.isEmpty {
                        entry["locations"] = .list(error.locations.map { .list([.int($0.line), .int($0.column)]) })
                    }
                    if let path = error.path {
                        entry["path"] = .list(
                            path.steps.map { step in
                                switch step {
                                case .field(let name): .string(name)
                                case .index(let index): .int(index)
                                }
                            }
                        )
                    }
                    return .object(entry)
                }
            )
        )
    }
}

/// Writes all of the bytes before it returns, so that whoever reads has the whole line.
func writeToStandardOutput(_ buffer: borrowing ResponseBuffer) {
    unsafe buffer.withUnsafeBytes { bytes in
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let written = unsafe Glibc.write(
                STDOUT_FILENO,
                UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                rest.count
            )
            guard written > 0 else { exit(1) }  // Nobody reads any more.
            unsafe rest = rest.dropFirst(written)
        }
    }
}
