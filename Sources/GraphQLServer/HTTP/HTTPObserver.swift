/// Is told what a host does, for metrics.
///
/// Called on the loop's thread and from tasks, at once by several; must be quick.
protocol HTTPObserver: Sendable {
    /// An answer begins: its body may still be on its way.
    ///
    /// - Parameters:
    ///   - request: Up to its body.
    ///   - status: Of the answer; also where the host itself refused the request.
    ///   - elapsed: Since the request's headers were there.
    func answered(_ request: HTTPRequest, status: Int, after elapsed: Duration)

    /// A piece of a request's body came.
    func received(_ bytes: Int)

    /// A piece of an answer's body was handed over.
    func sent(_ bytes: Int)
}
