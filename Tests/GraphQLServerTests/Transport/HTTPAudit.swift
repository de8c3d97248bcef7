import Foundation
import Testing

/// One of the audits of graphql-http: a request, and what its answer must be.
///
/// - Source: graphql/graphql-http, `src/audits/server.ts`; MIT. Its identifiers are stable.
struct HTTPAudit: Sendable, CustomTestStringConvertible {
    enum Level: Sendable {
        case must, should, may
    }

    enum Expectation: Sendable {
        case status(ClosedRange<Int>)
        /// The status is in one of these.
        case anyStatus([ClosedRange<Int>])
        /// `Content-Type` contains this.
        case type(String)
        case utf8
        /// The body is a JSON object without the key.
        case lacks(String)
    }

    let id: String
    let level: Level
    var method = "POST"
    /// Of a GET.
    var query = ""
    var body = ""
    /// What `fetch` adds where the audit gives none is tried as well.
    var accept: String?
    var type: String? = Self.json
    let expectations: [Expectation]

    var testDescription: String { id }

    /// The bytes of the request, each way in which a client may send it.
    var requests: [String] {
        let accepts = accept.map { [$0] } ?? [nil, "*/*"]
        let types = method == "GET" ? [nil] : type.map { [$0] } ?? [nil, "text/plain;charset=UTF-8"]
        return accepts.flatMap { accept in
            types.map { type in
                let target = "/graphql" + (query.isEmpty ? "" : "?" + query)
                var text = "\(method) \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                if let accept { text += "Accept: \(accept)\r\n" }
                if let type { text += "Content-Type: \(type)\r\n" }
                if method == "POST" { text += "Content-Length: \(body.utf8.count)\r\n" }
                return text + "\r\n" + body
            }
        }
    }

    /// What an answer falls short of; nil where it is as it must be.
    func objection(to answer: [UInt8]) -> String? {
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else { return "no answer" }
        let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
        let body = answer[end.upperBound...]
        let lines = head.components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let type = lines.first { $0.lowercased().hasPrefix("content-type:") } ?? ""
        for expectation in expectations {
            switch expectation {
            case .status(let range): if !range.contains(status) { return "\(status)" }
            case .anyStatus(let ranges): if !ranges.contains(where: { $0.contains(status) }) { return "\(status)" }
            case .type(let text): if !type.contains(text) { return type }
            case .utf8: if String(validating: body, as: UTF8.self) == nil { return "not UTF-8" }
            case .lacks(let key):
                guard let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else {
                    return "not a JSON object"
                }
                if object[key] != nil { return "has \(key)" }
            }
        }
        return nil
    }
}

// MARK: - The table

extension HTTPAudit {
    static let graphQL = "application/graphql-response+json"
    static let json = "application/json"

    private static let ok = Expectation.status(200...200)
    private static let bad = Expectation.status(400...400)
    private static let clientError = Expectation.status(400...499)
    private static let anyError = Expectation.status(400...599)
    private static let noErrors = Expectation.lacks("errors")
    private static let noData = Expectation.lacks("data")

    private static func post(
        _ id: String,
        _ level: Level,
        _ body: String = #"{"query":"{ __typename }"}"#,
        _ accept: String? = nil,
        _ expectations: Expectation...
    ) -> HTTPAudit {
        HTTPAudit(id: id, level: level, body: body, accept: accept, expectations: expectations)
    }

    private static func get(
        _ id: String,
        _ parameters: KeyValuePairs<String, String>,
        _ accept: String?,
        _ expectations: Expectation...
    ) -> HTTPAudit {
        let query = parameters.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
        return HTTPAudit(id: id, level: .may, method: "GET", query: query, accept: accept, expectations: expectations)
    }

    /// As URLSearchParams writes it.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x20: "+"
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(Unicode.Scalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private static func typename(_ more: String) -> String { #"{"query":"{ __typename }",\#(more)}"# }

    /// One audit for each value that a parameter must not have.
    private static func wrong(_ id: String, _ values: [String], _ body: (String) -> String) -> [HTTPAudit] {
        values.enumerated().map { post("\(id)\($0.offset)", .may, body($0.element), nil, bad) }
    }

    private static let noStrings = [#"{"obj":"ect"}"#, "0", "false", #"["array"]"#]
    private static let noObjects = [#""string""#, "0", "false", #"["array"]"#]
    private static let named = #"{"operationName":"Query","query":"query Query { __typename }"}"#
    private static let typeQuery = "query Type($name: String!) { __type(name: $name) { name } }"
    private static let typeOf = #"{"query":"\#(typeQuery)","variables":{"name":"sometype"}}"#
    private static let typeParameters: KeyValuePairs = ["query": typeQuery, "variables": #"{"name":"sometype"}"#]
    private static let noJSON = #"{ "not a JSON"#
    private static let misspelled = #"{"qeury":"{ __typename }"}"#
    private static let open = #"{"query":"{"}"#
    private static let noField = #"{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#
    private static let noID = #"{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}"#
    private static let usual = #"{"query":"{ __typename }"}"#

    /// In the order of the source.
    static let all: [HTTPAudit] =
        [
            post("22EB", .should, usual, graphQL, ok, .type(graphQL)),
            post("4655", .must, usual, json, ok, .type(json)),
            post("47DE", .should, usual, "*/*", ok, .type(json)),
            post("80D8", .should, usual, nil, ok, .type(json)),
            post("82A3", .must, usual, nil, ok, .utf8),
            HTTPAudit(
                id: "BF61",
                level: .must,
                body: #"{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}"#,
                type: "application/json; charset=utf-8",
                expectations: [ok]
            ),
            post("78D5", .must, usual, nil, ok),
            post("2C94", .must, usual, nil, ok),
            get("5A70", ["query": "{ __typename }"], nil, ok),
            get("9C48", ["query": "mutation { __typename }"], graphQL, clientError),
            HTTPAudit(id: "9ABE", level: .should, body: usual, type: nil, expectations: [clientError]),
            post("03D4", .must, usual, nil, ok),
            post("A5BF", .may, "", nil, bad),
            post("423L", .may, #"{"notquery":"{ __typename }"}"#, graphQL, bad),
        ] + wrong("LKJ", noStrings) { "{\"query\":\($0)}" } + [
            post("34A2", .should, usual, graphQL, ok),
            post("13EE", .must, usual, json, ok, noErrors),
        ] + wrong("6C0", noStrings) { typename("\"operationName\":\($0)") } + [
            post("8161", .should, named, graphQL, ok),
            post("B8B3", .must, named, json, ok, noErrors),
            post("94B0", .should, typename(#""variables":null"#), graphQL, ok, noErrors),
            post("0220", .must, typename(#""variables":null"#), json, ok, noErrors),
            post("94B1", .should, typename(#""operationName":null"#), graphQL, ok, noErrors),
            post("0221", .must, typename(#""operationName":null"#), json, ok, noErrors),
            post("94B2", .should, typename(#""extensions":null"#), graphQL, ok, noErrors),
            post("0222", .must, typename(#""extensions":null"#), json, ok, noErrors),
        ] + wrong("476", noObjects) { typename("\"variables\":\($0)") } + [
            post("2EA1", .should, typeOf, graphQL, ok),
            post("28B9", .must, typeOf, json, ok, noErrors),
            get("D6D5", typeParameters, graphQL, ok, noErrors),
            get("6A70", typeParameters, json, ok, noErrors),
        ] + wrong("58B", noObjects) { typename("\"extensions\":\($0)") } + [
            post("428F", .should, typename(#""extensions":{"some":"value"}"#), graphQL, ok),
            post("1B7A", .must, typename(#""extensions":{"some":"value"}"#), json, ok, noErrors),
            post("B6DC", .may, noJSON, json, .anyStatus([200...299, 400...499, 500...599])),
            post("BCF8", .should, noJSON, json, bad),
            post("B7N8", .should, noJSON, graphQL, bad),
            post("8764", .may, misspelled, nil, anyError),
            post("3E3A", .may, misspelled, nil, bad),
            post("572B", .should, open, json, ok),
            post("FDE2", .should, noField, json, ok),
            post("7B9B", .should, noID, json, ok),
            post("865D", .should, open, graphQL, anyError),
            post("556A", .should, open, graphQL, bad),
            post("D586", .should, open, graphQL, noData),
            post("51FE", .should, noField, graphQL, anyError),
            post("74FF", .should, noField, graphQL, bad),
            post("5E5B", .should, noField, graphQL, noData),
            post("86EE", .should, noID, graphQL, bad),
        ]
}
