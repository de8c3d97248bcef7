import GraphQL
import Testing

@Suite struct AbstractTypeTests {
    private static let sdl = """
        type Query { pet: Pet, pets: [Pet!], named: Named, bad: Named, dogs: [Named!]! }
        interface Named { name: String! }
        type Dog implements Named { name: String!, barks: Boolean }
        type Cat implements Named { name: String! }
        type Fish { name: String! }
        type Bird implements Named { name: String! }
        union Pet = Dog | Cat
        """

    struct Dog: ObjectValue { var name: String }
    struct Cat: ObjectValue { var name: String }
    /// The fields of two object types are resolved on it.
    struct Animal: ObjectValue { var name: String }

    private func respond(_ text: String) async throws -> String {
        var resolvers = Resolvers()
        resolvers.field("Query.pet", on: RootObject.self) { _ in AbstractValue(Animal(name: "f"), as: "Fish") }
        resolvers.field("Query.pets", on: RootObject.self) { _ in
            [AbstractValue(Dog(name: "d")), AbstractValue(Cat(name: "c"), as: "Cat"), AbstractValue(Dog(name: "e"))]
        }
        resolvers.field("Query.named", on: RootObject.self) { _ in AbstractValue(Animal(name: "b"), as: "Bird") }
        resolvers.field("Query.bad", on: RootObject.self) { _ in AbstractValue(Animal(name: "b")) }
        resolvers.field("Query.dogs", on: RootObject.self) { _ in [Dog(name: "x"), Dog(name: "y")] }
        resolvers.field("Dog.name", on: Dog.self) { $0.name }
        resolvers.field("Dog.barks", on: Dog.self) { _ in true }
        resolvers.field("Cat.name", on: Cat.self) { $0.name }
        resolvers.field("Fish.name", on: Animal.self) { $0.name }
        resolvers.field("Bird.name", on: Animal.self) { $0.name }
        let schema = try ExecutableSchema(GraphQLSchema.build(from: Source(Self.sdl)), resolvers: resolvers)
        let result = try await OperationPlan(parse(Source(text)), on: schema).execute()
        return String(decoding: result.json, as: UTF8.self)
    }

    @Test func `the object type is told by the Swift type, or by name where several share one`() async throws {
        #expect(
            try await respond(
                "{ pets { ... on Named { name } ... on Dog { barks } __typename } named { name __typename } }"
            )
                == #"{"data":{"pets":[{"name":"d","barks":true,"__typename":"Dog"},{"name":"c","__typename":"Cat"},"#
                + #"{"name":"e","barks":true,"__typename":"Dog"}],"named":{"name":"b","__typename":"Bird"}}}"#
        )
    }

    @Test func `objects of one Swift type need no wrapper`() async throws {
        #expect(
            try await respond("{ dogs { __typename name } }")
                == #"{"data":{"dogs":[{"__typename":"Dog","name":"x"},{"__typename":"Dog","name":"y"}]}}"#
        )
    }

    @Test(arguments: [
        ("{ pet { __typename } }", "Runtime Object type 'Fish' is not a possible type for 'Pet'."),
        ("{ bad { name } }", "Abstract type 'Named' must resolve to an Object type at runtime for field 'Query.bad'."),
    ])
    func `an object of no possible type is an error`(document: String, message: String) async throws {
        #expect(try await respond(document).hasPrefix(#"{"errors":[{"message":"\#(message)","locations":"#))
    }
}
