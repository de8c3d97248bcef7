/// An operation's variables have different names.
///
/// Counter-example: `query ($id: ID, $id: ID) { field(arg: $id) }`
///
/// - Source: GraphQL September 2025, §5.8.1 Variable Uniqueness.
final class UniqueVariableNamesRule: ValidationRule {
    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        let source = context.document.source
        for (name, nodes) in repeated(operation.variableDefinitions, by: \.variable.value) {
            context.report(
                "There can be only one variable named '$\(name)'.",
                at: nodes.prefix(ValidationContext.maxPlaces).map { source.offset(ofNameAfter: $0.variable.offset) }
            )
        }
    }
}

extension Source {
    /// Where a variable's name begins: past the `$` and whatever white space and comments stand between.
    fileprivate func offset(ofNameAfter dollar: SourceOffset) -> SourceOffset {
        var place = Int(dollar) + 1
        var isComment = false
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isComment = false
            case UInt8(ascii: "#"): isComment = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), 0xEF, 0xBB, 0xBF: break
            default: if !isComment { return SourceOffset(place) }
            }
            place += 1
        }
        return dollar
    }
}
