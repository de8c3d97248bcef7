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

    static func model() throws -> EmbeddingModel {
        do {
            return try EmbeddingModel(folder: LocalFolder().model)
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(error)")
        }
    }
}
