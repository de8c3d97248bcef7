/// Which status codes tell a client what came of its request.
enum StatusProfile: String, Sendable, CaseIterable {
    /// As clients and audits know it: 200 for everything well-formed asked for as `application/json`, 400 for requests that
    /// were not executed asked for as `application/graphql-response+json`.
    case compatible
    /// As the draft of 2026 has it: 422 for what was not executed, 294 where there are data and errors.
    case draft2026

    /// What came of a request.
    enum Outcome {
        /// With data, and without errors.
        case complete
        /// With data, which may be null, and errors.
        case partial
        /// The document does not parse.
        case syntaxError
        /// Not valid, no such operation, wrong variables.
        case requestError
        /// The parameters are not of their types, or missing.
        case malformedParameters
        /// The body is no JSON, or no form whose parts are as they should be.
        case unreadable
        /// The server could not do what must be done before an operation runs.
        case failed
    }

    /// The status, and whether the body is labelled as `application/json` where the client asked for that.
    func status(of outcome: Outcome, as form: ResponseMediaType) -> Int {
        switch (self, outcome) {
        case (_, .complete): 200
        case (.compatible, .partial): 200
        case (.compatible, .syntaxError), (.compatible, .requestError): form == .json ? 200 : 400
        case (.compatible, .malformedParameters), (_, .unreadable): 400
        case (_, .failed): 500
        case (.draft2026, .partial): 294
        case (.draft2026, .syntaxError): 400
        case (.draft2026, .requestError), (.draft2026, .malformedParameters): 422
        }
    }

    /// The form that a body is labelled with: the draft labels only successes as `application/json`.
    func label(_ form: ResponseMediaType, status: Int) -> ResponseMediaType {
        self == .draft2026 && form == .json && !(200..<300).contains(status) ? .graphQLResponse : form
    }
}
