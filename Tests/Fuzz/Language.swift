// Lexer, parser and printer: whatever the bytes, an error or a document; and a document printed is the same document.

@testable import GraphQL

/// One run of the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLanguage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = Source(bytes: unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    checkErrors(of: source)
    guard let document = try? parse(source) else { return 0 }
    let printed = document.printed
    // Laid out afresh it may have grown past the limit of bytes, but past no other.
    guard let again = try? parse(Source(printed), limits: DocumentLimits(maxBytes: .max)) else {
        preconditionFailure("a printed document is refused: \(printed)")
    }
    precondition(again.printed == printed, "a printed document prints otherwise: \(printed)")
    precondition(again.definitions.count == document.definitions.count, "definitions were lost: \(printed)")
    return 0
}

/// Every refusal names a limit, or a place within the source.
private func checkErrors(of source: Source) {
    do {
        _ = try parseType(source)
    } catch {
        check(error)
    }
    do {
        _ = try parseConstValue(source)
    } catch {
        check(error)
    }
    do {
        _ = try parseValue(source)
        _ = try parse(source)
    } catch {
        check(error)
    }
    do {
        _ = try parse(source, limits: DocumentLimits(maxTokens: 40, maxDepth: 5, maxDirectivesPerNode: 2))
    } catch {
        check(error)
    }
}

private func check(_ error: GraphQLError) {
    precondition(error.code != nil, "an error has no code")
    precondition(error.locations.count == 1, "an error has no place")
}
