/// A value of a leaf field that writes itself as JSON.
///
/// Fields that give such values and need to know nothing of the call make no column. They are resolved while the response is
/// written, which takes an array a field, and the text that a store's bytes would become for it.
public protocol LeafValue: OutputValue {
    /// Writes the value as JSON, where a field of some type takes it as it is.
    ///
    /// - Parameters:
    ///   - completion: Of the field's type, or of a list's items.
    ///   - buffer: Gets one JSON value where the value is written, else nothing.
    /// - Returns: What became of it.
    func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome
}

/// What became of a leaf value that should write itself.
public enum LeafOutcome: Sendable {
    case written
    /// There is no value.
    case null
    /// It takes more than that: coercion, or an error that says what is wrong.
    case unfit
}

// MARK: - The engine's own leaves

// Sources: GraphQL September 2025, §3.5 Scalars and §3.9 Enums, Result Coercion.

extension String: LeafValue {
    /// Writes texts, identifiers and the names of an enum's values.
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        switch completion.kind {
        case .string, .id, .anything: break
        case .enumeration: guard completion.enumeration?.value(self) != nil else { return .unfit }
        default: return .unfit
        }
        buffer.write(string: self)
        return .written
    }
}

extension Int: LeafValue {
    /// Writes numbers of 32 bits, and identifiers.
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        switch completion.kind {
        case .int:
            guard Int32(exactly: self) != nil else { return .unfit }
            buffer.write(int: self)
        case .id:
            buffer.write(byte: UInt8(ascii: "\""))
            buffer.write(int: self)
            buffer.write(byte: UInt8(ascii: "\""))
        default: return .unfit
        }
        return .written
    }
}

extension Int32: LeafValue {
    /// Writes what the number as `Int` does.
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        Int(self).write(as: completion, into: &buffer)
    }
}

extension Double: LeafValue {
    /// Writes finite numbers.
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        guard case .float = completion.kind, isFinite else { return .unfit }
        buffer.write(double: self)
        return .written
    }
}

extension Bool: LeafValue {
    /// Writes flags.
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        guard case .boolean = completion.kind else { return .unfit }
        buffer.write(bool: self)
        return .written
    }
}

extension WrittenLeaf {
    /// Writes the value, whatever leaf the type is.
    @inlinable
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        guard completion.isLeaf else { return .unfit }
        write(into: &buffer)
        return .written
    }
}

extension Optional: LeafValue where Wrapped: LeafValue {
    /// Writes the value; nil is null.
    @inlinable
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        switch self {
        case .none: .null
        case .some(let value): value.write(as: completion, into: &buffer)
        }
    }
}

extension Array: LeafValue where Element: LeafValue {
    /// Writes a list, where all of its items write themselves.
    @inlinable
    public func write(as completion: Completion, into buffer: inout ResponseBuffer) -> LeafOutcome {
        guard let item = completion.item else { return .unfit }
        let mark = buffer.count
        buffer.write(byte: UInt8(ascii: "["))
        for place in indices {
            if place > 0 { buffer.write(byte: UInt8(ascii: ",")) }
            switch self[place].write(as: item, into: &buffer) {
            case .written: continue
            case .null where !item.isNonNull: buffer.writeNull()
            case .null, .unfit:
                buffer.truncate(to: mark)
                return .unfit
            }
        }
        buffer.write(byte: UInt8(ascii: "]"))
        return .written
    }
}
