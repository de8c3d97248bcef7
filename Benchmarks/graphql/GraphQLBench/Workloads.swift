import GraphQL

/// A row of the list that is executed.
struct Item: ObjectValue {
    let id: Int
    let name: String
    let price: Double
}

/// Three nested levels, each loaded for all objects of the one above at once.
struct Author: ObjectValue {
    let id: Int
}

struct Book: ObjectValue {
    let id: Int
}

struct Review: ObjectValue {
    let id: Int
}

/// What is executed; `peer.js` builds the same.
enum Workloads {
    static let sdl = """
        type Query { hello: String!, items(count: Int!): [Item!]!, authors: [Author!]! }
        type Item { id: Int!, name: String!, price: Float! }
        type Author { id: Int!, books: [Book!]! }
        type Book { id: Int!, reviews: [Review!]! }
        type Review { id: Int!, text: String! }
        """

    static func executable() throws -> ExecutableSchema {
        var resolvers = Resolvers()
        resolvers.inlineRoot("Query.hello") { _ in "world" }
        let items = (0..<200_000).map { Item(id: $0, name: "Item \($0)", price: Double($0) / 4) }
        resolvers.inlineRoot("Query.items") { call -> [Item] in
            Array(items.prefix(try call.arguments.requiredInt("count")))
        }
        resolvers.field("Item.id", on: Item.self) { $0.id }
        resolvers.field("Item.name", on: Item.self) { $0.name }
        resolvers.field("Item.price", on: Item.self) { $0.price }
        resolvers.root("Query.authors") { _ async -> [Author] in (0..<20).map(Author.init) }
        resolvers.field("Author.id", on: Author.self) { $0.id }
        resolvers.batch("Author.books", on: Author.self) { authors, _ async -> [[Book]] in
            authors.map { author in (0..<10).map { Book(id: author.id * 10 + $0) } }
        }
        resolvers.field("Book.id", on: Book.self) { $0.id }
        resolvers.batch("Book.reviews", on: Book.self) { books, _ async -> [[Review]] in
            books.map { book in (0..<5).map { Review(id: book.id * 5 + $0) } }
        }
        resolvers.field("Review.id", on: Review.self) { $0.id }
        resolvers.field("Review.text", on: Review.self) { "Review \($0.id)" }
        var options = ExecutionOptions()
        options.cost.maxCost = .max
        return try ExecutableSchema(GraphQLSchema.build(from: Source(sdl)), resolvers: resolvers, options: options)
    }
}
