internal import COpenSSL
internal import Foundation

/// The skills that screening knows, with what each is called and what it shows.
///
/// Finding skills in a text is exact on words and symbols: `Java` is not in `JavaScript`, `C++` is not `C`.
public final class SkillTaxonomy: Sendable {
    /// Every skill, by name.
    public let skills: [Skill]
    /// SHA-256 of the file, 64 hexadecimal digits.
    public let version: String

    let forms: [SkillForm]
    let trie: SkillTrie
    private let formWords: [[SkillWord]]
    private let indexByName: [String: Int]
    private let closures: [[Int]]

    /// Reads a table that `Scripts/install-skills` made.
    ///
    /// - Throws: ``SkillTaxonomyError`` where the file is missing, no table of this version, or breaks its rules.
    public convenience init(contentsOf path: String) throws(SkillTaxonomyError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
        try self.init(table: data, path: path)
    }

    /// Reads a table that is in memory.
    init(table data: Data, path: String) throws(SkillTaxonomyError) {
        guard let text = String(bytes: data, encoding: .utf8) else { throw .unknownFormat(path: path) }
        let table = try SkillTable(text, path: path)
        skills = table.skills
        forms = table.forms
        formWords = table.words
        trie = SkillTrie(table)
        indexByName = Dictionary(uniqueKeysWithValues: table.skills.enumerated().map { ($1.name, $0) })
        version = Self.sha256(data)
        var direct: [[Int]] = []
        for (index, skill) in table.skills.enumerated() {
            var targets: [Int] = []
            for name in skill.implies {
                guard let target = indexByName[name] else {
                    throw .badLine(path: path, line: index + 2, reason: "implies \(name), which is no skill")
                }
                targets.append(target)
            }
            direct.append(targets)
        }
        closures = direct.indices.map { Self.closure(of: $0, direct) }
    }

    /// The skill that is called `name`, by canonical name or alias, whatever its capitals and separators.
    ///
    /// A canonical name goes before another skill's alias. Rules against everyday words are not applied.
    public func skill(named name: String) -> Skill? {
        (indexByName[name] ?? index(named: SkillText(name))).map { skills[$0] }
    }

    /// The skill whose canonical name is exactly `name`.
    public func skill(canonical name: String) -> Skill? { indexByName[name].map { skills[$0] } }

    /// Index in `skills` of the skill whose canonical name is exactly `name`.
    func index(canonical name: String) -> Int? { indexByName[name] }

    /// Index in `skills` of the skill that the whole of `text` names.
    func index(named text: SkillText) -> Int? { form(named: text).map { forms[$0].skill } }

    /// Index in `forms` of what the whole of `text` writes, canonical names first.
    func form(named text: SkillText) -> Int? {
        var found: Int?
        trie.visit(text.words, at: 0) { form, end in
            guard end == text.words.count, fits(form, text, at: 0) else { return }
            guard let other = found else {
                found = form
                return
            }
            if forms[form].isName, !forms[other].isName { found = form }
        }
        return found
    }

    /// Canonical names of what a skill shows, directly or through others, nearest first; never the skill itself.
    ///
    /// It goes one way: PostgreSQL implies SQL, SQL implies nothing.
    public func implied(by name: String) -> [String] {
        guard let index = indexByName[name] else { return [] }
        return closures[index].map { skills[$0].name }
    }

    /// Indices of what a skill shows, directly or through others, nearest first.
    func implied(by index: Int) -> [Int] { closures[index] }

    /// Whether the gaps of `form` agree with the text at word `start`.
    func fits(_ form: Int, _ text: SkillText, at start: Int) -> Bool {
        for (offset, gap) in forms[form].gaps.enumerated() where !gap.allows(text.words[start + offset + 1].gap) {
            return false
        }
        return true
    }

    private static func closure(of start: Int, _ direct: [[Int]]) -> [Int] {
        var order: [Int] = []
        var seen: Set<Int> = [start]
        var queue = direct[start][...]
        while let next = queue.popFirst() {
            guard seen.insert(next).inserted else { continue }
            order.append(next)
            queue += direct[next]
        }
        return order
    }

    private static func sha256(_ data: Data) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = unsafe data.withUnsafeBytes { bytes in
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &digest, &length, EVP_sha256(), nil)
        }
        precondition(done == 1, "SHA-256 is always there")
        return digest.prefix(Int(length)).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
