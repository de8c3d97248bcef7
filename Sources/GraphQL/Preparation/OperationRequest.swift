/// What a client asks to be executed: the parameters of a GraphQL request, whatever brought them.
///
/// - Source: GraphQL over HTTP, "Request Parameters".
public struct OperationRequest: Sendable {
    /// The document's text, UTF-8; nil where the client names a known document instead.
    public var query: [UInt8]?
    /// The identifier of a trusted document.
    public var documentID: String?
    /// Which operation of the document; nil where it has only one.
    public var operationName: String?
    /// By name, without `$`.
    public var variables: Value.Object
    /// As sent; `persistedQuery` is read here.
    public var extensions: Value.Object

    /// Each parameter is the property of its name.
    public init(
        query: [UInt8]? = nil,
        documentID: String? = nil,
        operationName: String? = nil,
        variables: Value.Object = [:],
        extensions: Value.Object = [:]
    ) {
        self.query = query
        self.documentID = documentID
        self.operationName = operationName
        self.variables = variables
        self.extensions = extensions
    }
}
