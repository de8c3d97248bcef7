internal import Foundation

/// Where set-up puts what the program needs: the model, the skills, the embedded database.
struct LocalFolder {
    let path: String

    /// Finds the folder.
    ///
    /// `SHORTLIST_HOME`, where it is set; else the `.local` beside the package that this program was built in; else the
    /// one in the working directory.
    init() {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["SHORTLIST_HOME"], !home.isEmpty {
            path = home
            return
        }
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var folder = own.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent(".local").path
            if FileManager.default.fileExists(atPath: candidate) {
                path = candidate
                return
            }
            folder.deleteLastPathComponent()
        }
        path = FileManager.default.currentDirectoryPath + "/.local"
    }

    /// Folder of the embedding model, unless ``ModelOptions`` name another.
    var model: String { path + "/model" }

    /// The table of skills.
    var skills: String { path + "/skills/skills.tsv" }

    /// Folder of GraphiQL.
    var explorer: String { path + "/explorer" }

    /// The table of term weights.
    var terms: String { path + "/skills/terms.tsv" }
}
