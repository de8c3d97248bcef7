import Foundation

@testable import Pipeline

/// The model that the tests run: `MODEL_DIR`, or `.local/model` in the package.
///
/// Where it is missing the tests fail and say how to install it; they are not skipped, for nothing would notice.
enum InstalledModel {
    static let folder: String = {
        if let folder = ProcessInfo.processInfo.environment["MODEL_DIR"], !folder.isEmpty { return folder }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return package.appending(path: ".local/model").path
    }()

    private static let loaded = Result { try EmbeddingModel(folder: folder) }

    /// Loaded once for all tests.
    static func load() throws -> EmbeddingModel { try loaded.get() }
}

/// Texts of many kinds and lengths, about people who do not exist.
enum SampleTexts {
    static let all: [String] =
        [
            "", "a", "Swift", "Senior Swift engineer with eight years of experience",
            "Looking for a nurse with night-shift experience in intensive care.",
            "PostgreSQL, MongoDB, Redis; Kubernetes (k8s), Docker, Terraform, AWS",
            "Léa Brontë-Okafor — ingénieure logicielle à Genève, 2016–2024",
            "高级软件工程师，十年经验。精通分布式系统", "Инженер по данным: Spark, Kafka, Airflow",
            "!!! ??? ... --- ###", String(repeating: "word ", count: 400), String(repeating: "€", count: 300),
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} emoji only \u{1F44D}",
        ] + (1...12).map(resume)

    /// A made-up resume of about 20 tokens a line.
    private static func resume(lines: Int) -> String {
        let verbs = ["Designed", "Maintained", "Led", "Automated", "Audited", "Taught", "Sold", "Repaired"]
        let things = ["a payments service", "the ward's rota", "a fleet of vans", "the test suite", "a grammar course"]
        return (0..<lines).map { line in
            let verb = verbs[(line * 7 + lines) % verbs.count]
            let thing = things[(line * 3 + lines) % things.count]
            let outcome = "for \(line * 13 % 40) customers, cutting costs by \(line * 5)%."
            return "\(2010 + line)–\(2011 + line): \(verb) \(thing) \(outcome)"
        }.joined(separator: "\n")
    }
}
