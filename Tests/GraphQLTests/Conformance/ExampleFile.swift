import Foundation

/// A file of specification examples, as Conformance/Examples/README.md lays it out.
struct ExampleFile {
    /// One part of a file: a heading, lines of `key: value`, and indented texts under their keys.
    struct Part {
        let heading: String
        fileprivate(set) var entries: [String: String] = [:]

        /// - Throws: ``Fault`` where the part has no such entry.
        func required(_ key: String) throws -> String {
            guard let value = entries[key] else { throw Fault(description: "\(heading): no \(key)") }
            return value
        }

        /// The names of a list separated by commas; empty where there is none.
        func names(_ key: String) -> [String] {
            (entries[key] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }

        /// The lines of a text.
        func lines(_ key: String) -> [String] {
            (entries[key] ?? "").split(separator: "\n").map(String.init)
        }
    }

    /// A file or part that is not laid out as it should be.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// The sections of the specification that have examples.
    static let names = ["Language", "TypeSystem", "Introspection", "Validation", "Execution", "Response"]

    /// By name.
    let schemas: [String: String]
    /// By number, in the order of the file.
    let examples: [(number: Int, part: Part)]

    /// - Parameter name: One of ``names``.
    /// - Throws: ``Fault``, or why the file cannot be read.
    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples")
        let text = try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8)
        var schemas: [String: String] = [:]
        var examples: [(number: Int, part: Part)] = []
        for part in try Self.parts(of: text) {
            if part.heading.hasPrefix("schema ") {
                schemas[String(part.heading.dropFirst(7))] = try part.required("document")
            } else if let number = Int(part.heading.prefix { $0.isNumber }) {
                examples.append((number, part))
            } else {
                throw Fault(description: "\(name): \(part.heading)")
            }
        }
        self.schemas = schemas
        self.examples = examples
    }

    private static func parts(of text: String) throws -> [Part] {
        var parts: [Part] = []
        var key: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") {
                parts.append(Part(heading: String(line.dropFirst(3))))
                key = nil
            } else if parts.isEmpty {
                throw Fault(description: "text before the first heading")
            } else if let key, line.isEmpty || line.hasPrefix("    ") {
                parts[parts.count - 1].entries[key, default: ""] += line.dropFirst(4) + "\n"
            } else if let colon = line.firstIndex(of: ":") {
                let name = String(line[..<colon])
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                parts[parts.count - 1].entries[name] = value
                key = value.isEmpty ? name : nil
            } else if !line.isEmpty {
                throw Fault(description: "no key: \(line)")
            }
        }
        // The empty lines that end a part belong to no text.
        return parts.map { part in
            var part = part
            part.entries = part.entries.mapValues { text in
                var text = text[...]
                while text.hasSuffix("\n") { text = text.dropLast() }
                return String(text)
            }
            return part
        }
    }
}
