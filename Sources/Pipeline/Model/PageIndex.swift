/// Tells the page of an offset.
struct PageIndex: Sendable {
    private let starts: [(offset: Int, page: Int)]

    /// Reads the pages off the document's lines.
    init(_ document: ExtractedDocument) {
        var starts: [(offset: Int, page: Int)] = []
        for line in document.lines where starts.last?.page != line.page { starts.append((line.offset, line.page)) }
        self.starts = starts
    }

    /// The page, from 1, that holds the scalar at `offset`; nil for a document without lines.
    func page(at offset: Int) -> Int? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return starts.isEmpty ? nil : starts[max(0, low - 1)].page
    }
}

extension String {
    /// A string of scalars, as they stand.
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
