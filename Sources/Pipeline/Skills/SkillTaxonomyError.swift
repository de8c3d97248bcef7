/// Why a table of skills could not be read.
public enum SkillTaxonomyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file is not there, or may not be read.
    case unreadable(path: String)
    /// The file is no table of skills, or a newer one.
    case unknownFormat(path: String)
    /// A line breaks the table's rules; lines count from 1.
    case badLine(path: String, line: Int, reason: String)

    /// What is wrong, and the way to mend it.
    public var description: String {
        switch self {
        case .unreadable(let path):
            "The skill table \(path) cannot be read. Run Scripts/install-skills to make it."
        case .unknownFormat(let path):
            "\(path) is not a skill table of this version. Run Scripts/install-skills to make it anew."
        case .badLine(let path, let line, let reason):
            "Line \(line) of the skill table \(path) \(reason). Run Scripts/install-skills to make it anew."
        }
    }
}
