internal import GraphQL
internal import Pipeline

/// A resume as its job lets it be seen.
struct ResumeView: ObjectValue {
    let resume: StoredResume
    /// Its job; the description may have been left out.
    let job: StoredJob

    /// Whether who the candidate is stays hidden: the job is blind, and nothing is decided yet.
    var isVeiled: Bool { job.content.isBlind && resume.decision == nil }
    /// Whether the job was revised since.
    var isStale: Bool { resume.result.map { $0.jobRevision < job.revision } ?? false }
}

/// A resume's file as its job lets it be seen.
struct FileView: ObjectValue {
    let file: ResumeFile
    let isVeiled: Bool
}

/// A candidate's profile as the job lets it be seen.
struct ProfileView: ObjectValue {
    let profile: CandidateProfile
    let isVeiled: Bool
}
