import Foundation

@testable import Pipeline

/// The taxonomy that the curated tables of this checkout make, built once.
enum CuratedSkills {
    private static let result = Result { try build() }

    static func taxonomy() throws -> SkillTaxonomy { try result.get() }

    /// The file that `Scripts/build-skills` makes of the curated tables.
    static func table() throws -> Data {
        let output = FileManager.default.temporaryDirectory.appending(path: "skills-\(UUID().uuidString).tsv")
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "\(root)/Scripts/build-skills", "--output", output.path]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BuildFailure() }
        return try Data(contentsOf: output)
    }

    /// Scripts/build-skills found a fault in the tables; it has printed which.
    struct BuildFailure: Error {}

    /// The repository's folder.
    static var root: String {
        var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        path.removeLast(4)
        return path.joined(separator: "/")
    }

    private static func build() throws -> SkillTaxonomy { try SkillTaxonomy(table: table(), path: "skills.tsv") }
}
