/// A skill of the taxonomy.
public struct Skill: Sendable, Equatable {
    /// What sort of thing a skill is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A language, framework, protocol, platform or machine.
        case technology
        /// A product that one uses.
        case tool
        /// A field that one knows.
        case knowledge
        /// Something that one does.
        case practice
        /// A trait or a way to deal with people.
        case soft
        /// A certificate or licence.
        case certification
    }

    /// Canonical name, unique in its taxonomy.
    public let name: String
    /// What sort of thing it is.
    public let kind: Kind
    /// The trade under which the table lists it, such as `nursing`.
    public let trade: String
    /// Whether the name is so common in prose that it only counts in a list of skills, or when a job asks for it.
    public let isWeak: Bool
    /// Canonical names of the skills that this one shows directly, in the table's order; not transitive.
    public let implies: [String]
    /// Other ways to write it, in the table's order; never holds the name.
    public let aliases: [String]
}
