extension PipelineError {
    /// Why a file could not be read: an error of the extract stage.
    static func extraction(_ code: Code, _ message: String, retryable: Bool = false) -> PipelineError {
        PipelineError(code, message, stage: .extract, retryable: retryable)
    }

    /// The file's contents make no sense as what they claim to be.
    static func damaged(_ kind: String) -> PipelineError {
        .extraction(.fileDamaged, "The \(kind) is damaged and cannot be read: save it again, or send it as a PDF.")
    }

    /// The file opens, but there is nothing to read in it.
    static let noText = PipelineError.extraction(
        .noText,
        "The file holds no readable text: send one whose text can be selected, or a sharper scan."
    )

    /// The file needs a password.
    static let encrypted = PipelineError.extraction(
        .fileEncrypted,
        "The file is protected by a password: save it without one and send it again."
    )
}
