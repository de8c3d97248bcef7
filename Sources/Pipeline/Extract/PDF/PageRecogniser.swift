/// Reads text from the picture of a page.
protocol PageRecogniser: Sendable {
    /// Reads one picture.
    ///
    /// - Parameters:
    ///   - imagePath: A PGM file with one page in shades of grey.
    ///   - page: The page's number, from 1.
    ///   - dotsPerInch: Scale of the picture.
    /// - Returns: Lines in reading order; none if nothing can be read.
    /// - Throws: An error of the extract stage.
    func recognise(imagePath: String, page: Int, dotsPerInch: Int) async throws(PipelineError) -> [RecognisedLine]
}

/// A line read from a picture.
struct RecognisedLine: Sendable, Equatable {
    /// What it says.
    var text: String
    /// Place in the picture in dots, from its top left corner.
    var box: Box
    /// Lines of one paragraph share a number.
    var block: Int
}
