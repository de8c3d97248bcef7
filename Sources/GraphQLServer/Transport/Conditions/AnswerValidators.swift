internal import GraphQL
internal import Pipeline
internal import Schema
internal import Synchronization

/// Makes and checks tags of answers.
final class AnswerValidators: Sendable {
    /// What an answer depends on beside the states in its tag.
    struct Question: Sendable {
        /// The operation, with the text of its document.
        let plan: OperationPlan
        /// As sent.
        let variables: Value.Object
        /// Who asks.
        let recruiter: ObjectID?
        /// In which form.
        let form: ResponseMediaType

        /// Made only where a tag needs it.
        fileprivate var digest: [UInt8] {
            var buffer = ResponseBuffer(capacity: 256)
            buffer.write(value: .object(variables))
            let digest = Digest()
            digest.update(field: form.contentType)
            digest.update(field: recruiter?.description ?? "")
            digest.update(field: plan.operation.name?.value ?? "")
            digest.update(field: String(plan.document.source.bytes.count))
            digest.update(plan.document.source.bytes)
            digest.update(buffer.bytes)
            return digest.bytes()
        }
    }

    private struct Known {
        var versions: [[UInt8]: AnswerTag.Versions] = [:]
    }

    private let keys: [[UInt8]]
    private let known = Mutex(Known())
    private static let maxKnown = 10_000

    /// - Parameters:
    ///   - secrets: The first signs, all verify; not empty.
    ///   - program: Tells this build from others, which may answer otherwise.
    /// - Throws: ``Cryptography/Failure``.
    init(secrets: [[UInt8]], program: String) throws {
        precondition(!secrets.isEmpty, "tags need a secret")
        let purpose = Array("states of answers \(program)".utf8)
        keys = try secrets.map { try Cryptography.hmacSHA256(purpose, key: $0) }
    }

    /// The tag of an answer.
    ///
    /// - Parameters:
    ///   - bytes: The answer.
    ///   - question: What was asked.
    ///   - versions: The states that it was made from; nil where it hangs on something else.
    /// - Returns: With the states, where they are few.
    func tag(_ bytes: [UInt8], _ question: Question, _ versions: AnswerTag.Versions?) -> AnswerTag {
        let digest = Digest()
        digest.update(bytes)
        let short = Array(digest.bytes().prefix(AnswerTag.digestBytes))
        guard let versions, (1...AnswerTag.maxVersions).contains(versions.count),
            let code = code(short, question.digest, versions, keys[0])
        else { return AnswerTag(digest: short) }
        return AnswerTag(digest: short, versions: versions, code: code)
    }

    /// The states that the answer with this tag was made from, or is known to be the answer for.
    ///
    /// - Returns: Nil where nothing is known, or the tag is not that of an answer to this question.
    func versions(of tag: AnswerTag, _ question: Question) -> AnswerTag.Versions? {
        let question = question.digest
        if let versions = known.withLock({ $0.versions[tag.digest + question] }) { return versions }
        guard !tag.versions.isEmpty else { return nil }
        let isOurs = keys.contains { key in
            code(tag.digest, question, tag.versions, key).map { Cryptography.areEqual($0, tag.code) } ?? false
        }
        return isOurs ? tag.versions : nil
    }

    /// The answer was made again from newer states, and is the same: its tag need not change for that.
    func remember(_ tag: AnswerTag, _ question: Question, _ versions: AnswerTag.Versions) {
        guard versions.count <= AnswerTag.maxVersions else { return }
        let key = tag.digest + question.digest
        known.withLock { known in
            if known.versions.count >= Self.maxKnown { known.versions.removeAll() }
            known.versions[key] = versions
        }
    }

    private func code(
        _ digest: [UInt8],
        _ question: [UInt8],
        _ versions: AnswerTag.Versions,
        _ key: [UInt8]
    ) -> [UInt8]? {
        let message = digest + question + AnswerTag.encode(versions)
        return (try? Cryptography.hmacSHA256(message, key: key)).map { Array($0.prefix(AnswerTag.codeBytes)) }
    }
}
