internal import Glibc
internal import Pipeline

/// Reads one file: the child process of an ``Extractor``, as a program of its own.
///
/// `shortlist` can do the same, and is linked to some fifty libraries for other things, which takes longer to start than most
/// files take to be read.
@main
enum ResumeReader {
    static func main() async {
        // At once: nothing that libraries do at the end of a process matters here.
        _exit(await ExtractorChild.run(arguments: Array(CommandLine.arguments.dropFirst())))
    }
}
