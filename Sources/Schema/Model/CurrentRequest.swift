/// The request that a task answers.
public enum CurrentRequest {
    /// Its identifier, as the log and errors have it; empty outside of requests.
    @TaskLocal public static var id = ""
}
