internal import Schema

/// By what a job tells that it has a file already: no two of its resumes have the same.
enum FileMark: Hashable {
    case url(String)
    /// The SHA-256 of content that was seen, in lower-case hexadecimal.
    case content(String)
    /// What a client says that it is, of a file that lies elsewhere.
    case claim(String)

    /// As it is stored.
    var text: String {
        switch self {
        case .url(let url): "url:\(url)"
        case .content(let sha256): "sha256:\(sha256)"
        case .claim(let sha256): "claim:\(sha256)"
        }
    }
}

extension ResumeFile {
    /// What it is known by.
    var marks: [FileMark] {
        [url.map(FileMark.url), sha256.map(FileMark.content), claimedSHA256.map(FileMark.claim)].compactMap { $0 }
    }

    /// What another is known by that is the same: a claim is held against what was seen, and against other claims.
    var sought: [FileMark] { marks + [claimedSHA256.map(FileMark.content)].compactMap { $0 } }
}
