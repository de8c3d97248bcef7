/// The kinds of lexical token.
///
/// - Source: GraphQL September 2025, §2.1.6 Lexical Tokens.
enum TokenKind: UInt8 {
    case startOfFile
    case endOfFile
    case bang
    case dollar
    case ampersand
    case leftParenthesis
    case rightParenthesis
    case spread
    case colon
    case equals
    case at
    case leftBracket
    case rightBracket
    case leftBrace
    case pipe
    case rightBrace
    case name
    case int
    case float
    case string
    case blockString

    /// How messages name it.
    var description: String {
        switch self {
        case .startOfFile: "<SOF>"
        case .endOfFile: "<EOF>"
        case .bang: "'!'"
        case .dollar: "'$'"
        case .ampersand: "'&'"
        case .leftParenthesis: "'('"
        case .rightParenthesis: "')'"
        case .spread: "'...'"
        case .colon: "':'"
        case .equals: "'='"
        case .at: "'@'"
        case .leftBracket: "'['"
        case .rightBracket: "']'"
        case .leftBrace: "'{'"
        case .pipe: "'|'"
        case .rightBrace: "'}'"
        case .name: "Name"
        case .int: "Int"
        case .float: "Float"
        case .string: "String"
        case .blockString: "BlockString"
        }
    }
}

/// A lexical token: its kind and where its bytes lie.
///
/// Its value is read from the source only where somebody asks for it.
struct Token {
    let kind: TokenKind
    /// Of the first byte.
    let start: Int
    /// After the last byte.
    let end: Int

    /// Of the first byte, as nodes keep it.
    var offset: SourceOffset { SourceOffset(truncatingIfNeeded: start) }
}
