// The rules of validation: whatever the document, some errors, the same each time, at places within the source; and the
// two ways to find out whether fields can be merged agree.

@testable import GraphQL

/// One run of the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzValidation(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = Source(bytes: unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    guard let document = try? parse(source) else { return 0 }
    let errors = validate(document, against: schema)
    check(errors, of: document)
    precondition(validate(document, against: schema) == errors, "a document is judged otherwise the second time")
    // Alone, without the rules whose errors others may rely on.
    for rule in specifiedRules {
        check(validate(document, against: schema, options: ValidationOptions(rules: [rule])), of: document)
    }
    checkMerging(of: document)
    return 0
}

private let schema: GraphQLSchema = {
    let sdl = """
        directive @onField(level: Int! = 1, in: In) on FIELD
        directive @again repeatable on FIELD | QUERY | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION
        scalar Any
        enum E { A B }
        input In { a: Int! b: [E!] c: In d: One }
        input One @oneOf { a: Int b: [String!] c: One }
        interface I { a: String b(a: Int): I }
        interface J implements I { a: String b(a: Int): I c: [J!] }
        type A implements I & J { a: String b(a: Int): A c: [J!] d: U e(a: In!, b: [[Int]], c: One, d: Any): E }
        type B implements I { a: String b(a: Int): B d: Int! e: U }
        union U = A | B
        type Query { a: A b: B c: [U!]! d(a: ID, b: Boolean = true): I e: Int }
        type Mutation { a(a: In): A b: Int }
        type Subscription { a: A b: B }
        """
    do {
        return try GraphQLSchema.build(from: Source(sdl))
    } catch {
        preconditionFailure("the schema is refused: \(error)")
    }
}()

private func check(_ errors: [GraphQLError], of document: DocumentNode) {
    precondition(errors.count <= ValidationOptions().maxErrors + 1, "there are more errors than the limit")
    let lines = document.source.bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    for error in errors {
        precondition(!error.message.isEmpty && error.message.utf8.count < 2_100, "a message is empty or too long")
        for place in error.locations {
            precondition((1...lines).contains(place.line) && place.column >= 1, "a place is outside of the source")
        }
    }
}

/// That pairs conflict exactly where sets of fields do, as far as pairs can be compared.
///
/// An argument or input field given twice has no one value, so such documents are left out.
private func checkMerging(of document: DocumentNode) {
    let unique = ValidationOptions(rules: [UniqueArgumentNamesRule.self, UniqueInputFieldNamesRule.self])
    guard validate(document, against: schema, options: unique).isEmpty else { return }
    let sets = validate(
        document,
        against: schema,
        options: ValidationOptions(rules: [OverlappingFieldsCanBeMergedRule.self])
    )
    if sets.contains(where: { $0.code != nil }) { return }
    let pairs = validate(document, against: schema, options: ValidationOptions(rules: [PairsRule.self]))
    if pairs.contains(where: { $0.message == PairsRule.gaveUp }) { return }
    precondition(sets == pairs, "sets: \(sets)\npairs: \(pairs)")
}

/// Compares all pairs of fields of any document, as graphql-js does.
private final class PairsRule: ValidationRule {
    static let gaveUp = "There are too many pairs."
    override class var visits: NodeKinds { [.document, .inlineFragment, .selectionSet] }
    private lazy var search = ConflictSearch(SelectionTable(context), of: context.document)
    private var isInlined = false

    override func enter(inlineFragment: InlineFragmentNode) {
        isInlined = true
    }

    override func enter(selectionSet: SelectionSetNode) {
        defer { isInlined = false }
        if isInlined { return }
        for conflict in search.conflicts(within: selectionSet, of: context.types.parentType) {
            context.report(
                "Fields '\(conflict.responseName)' conflict because \(conflict.reason)."
                    + " Use different aliases on the fields to fetch both if this was intentional.",
                at: (conflict.first + conflict.second).map(\.offset)
            )
        }
    }

    override func leave(document: DocumentNode) {
        if search.isIncomplete { context.abort(Self.gaveUp) }
    }
}

/// Tells the leak sanitizer to stay off.
///
/// The schema lives as long as the process, and the sanitizer misses references in enums, which carry tag bits.
@_cdecl("__lsan_is_turned_off")
public func leaksAreNotLookedFor() -> CInt { 1 }
