import GraphQL
import Synchronization

/// A small library to execute operations on: authors, their books, and what people think of them.
enum Library {
    static let sdl = """
        type Query {
          author(id: ID!): Author
          authors(first: Int = 10): [Author!]!
          search(text: String!): [Found]
          nothing: String
          needed: String!
          oops: String
          neededOops: String!
        }

        type Author {
          id: ID!
          name: String!
          age: Int
          height: Float
          active: Boolean
          genre: Genre
          tags: [String!]
          books(first: Int): [Book]
          needed: String!
          oops: String
          self: Author
          neededSelf: Author!
        }

        type Book {
          title: String
          pages: Int!
          reviews: [Review!]!
          author: Author
        }

        type Review { text: String, stars: Int! }

        union Found = Author | Book

        enum Genre { CRIME POETRY }
        """

    struct Author: ObjectValue {
        var id: Int
        var name: String
        var age: Int? = 30
        var genre: String? = "CRIME"
        var tags: [String]? = ["a", "b"]
    }

    struct Book: ObjectValue {
        var title: String?
        var pages: Int?
    }

    struct Review: ObjectValue {
        var text: String
        var stars: Int
    }

    struct Unexpected: Error {}

    /// What resolvers were called, in that order.
    final class Log: Sendable {
        private let entries = Mutex<[String]>([])
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    static func resolvers(_ log: Log = Log()) -> Resolvers {
        var all = Resolvers()
        all.field("Query.author", on: RootObject.self) { _, call -> Author? in
            let id = try call.arguments.requiredString("id")
            return Int(id).map { Author(id: $0, name: "Author \($0)") }
        }
        all.root("Query.authors") { call -> [Author] in
            log.add("authors")
            return (1...(try call.arguments.requiredInt("first"))).map { Author(id: $0, name: "Author \($0)") }
        }
        all.field("Query.search", on: RootObject.self) { _, call -> [AbstractValue?] in
            [
                AbstractValue(Book(title: "Found", pages: 1)), nil,
                AbstractValue(Author(id: 7, name: try call.arguments.requiredString("text"))),
                AbstractValue(Book(title: "Other", pages: 2)),
            ]
        }
        all.field("Query.nothing", on: RootObject.self) { _ in String?.none }
        all.field("Query.needed", on: RootObject.self) { _ in String?.none }
        all.field("Query.oops", on: RootObject.self) { _ -> String? in throw GraphQLError("Oops.") }
        all.field("Query.neededOops", on: RootObject.self) { _ -> String? in throw Unexpected() }

        all.field("Author.id", on: Author.self) { $0.id }
        all.field("Author.name", on: Author.self) { $0.name }
        all.field("Author.age", on: Author.self) { $0.age }
        all.field("Author.height", on: Author.self) { Double($0.id) + 0.5 }
        all.field("Author.active", on: Author.self) { $0.id % 2 == 0 }
        all.field("Author.genre", on: Author.self) { $0.genre }
        all.field("Author.tags", on: Author.self) { $0.tags }
        all.batch("Author.books", on: Author.self) { authors, call -> [[Book?]] in
            log.add("books of \(authors.count)")
            let first = try call.arguments.int("first") ?? 2
            return authors.map { author in
                (0..<first).map { Book(title: "Book \(author.id).\($0)", pages: 100 * author.id) }
            }
        }
        all.field("Author.needed", on: Author.self) { $0.id == 2 ? nil : "yes" }
        all.field("Author.oops", on: Author.self) { author -> String? in
            if author.id == 2 { throw GraphQLError("Oops of 2.") }
            return "fine"
        }
        all.field("Author.self", on: Author.self) { Optional($0) }
        all.field("Author.neededSelf", on: Author.self) { $0 }

        all.field("Book.title", on: Book.self) { $0.title }
        all.field("Book.pages", on: Book.self) { $0.pages }
        all.batch("Book.reviews", on: Book.self) { books, _ -> [Result<[Review], GraphQLError>] in
            log.add("reviews of \(books.count)")
            return books.map { .success([Review(text: "On \($0.title ?? "")", stars: 5)]) }
        }
        all.field("Book.author", on: Book.self) { _ in Author?.none }

        all.field("Review.text", on: Review.self) { $0.text }
        all.field("Review.stars", on: Review.self) { $0.stars }
        return all
    }

    static func executable(
        _ log: Log = Log(),
        options: ExecutionOptions = ExecutionOptions()
    ) throws -> ExecutableSchema {
        try ExecutableSchema(GraphQLSchema.build(from: Source(sdl)), resolvers: resolvers(log), options: options)
    }

    /// Executes a document, and gives the response as JSON.
    static func respond(
        _ text: String,
        variables: Value.Object = [:],
        log: Log = Log(),
        options: ExecutionOptions = ExecutionOptions()
    ) async throws -> String {
        do {
            let plan = try OperationPlan(parse(Source(text)), on: executable(log, options: options))
            return String(decoding: await plan.execute(variables: variables).json, as: UTF8.self)
        } catch let failure as RequestErrors {
            return String(decoding: ExecutionResult(failure).json, as: UTF8.self)
        }
    }
}

extension Library {
    /// Holds a value that another task sets.
    final class Box<Content: Sendable>: Sendable {
        private let content = Mutex<Content?>(nil)
        func set(_ value: Content) { content.withLock { $0 = value } }
        var value: Content? { content.withLock { $0 } }
    }
}
