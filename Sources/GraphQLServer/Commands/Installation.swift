internal import ArgumentParser
internal import Pipeline

/// Loads what set-up installed, or ends the command with the way to mend it.
enum Installation {
    static func taxonomy() throws -> SkillTaxonomy {
        do {
            return try SkillTaxonomy(contentsOf: LocalFolder().skills)
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(error)")
        }
    }

    static func terms() throws -> TermTable {
        do {
            return try TermTable(contentsOf: LocalFolder().terms)
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(error)")
        }
    }
}

/// Where the embedding model lies.
struct ModelOptions: ParsableArguments {
    @Option(help: "The folder of the embedding model and its vocabulary. Default: MODEL_DIR, else .local/model.")
    var modelDir: String?

    var folder: String { Settings().find(modelDir, "model-dir", "MODEL_DIR")?.value ?? LocalFolder().model }

    /// - Throws: ``CommandFailure`` that says what is missing.
    func load() throws -> EmbeddingModel {
        do {
            return try EmbeddingModel(folder: folder)
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(error)")
        }
    }
}
