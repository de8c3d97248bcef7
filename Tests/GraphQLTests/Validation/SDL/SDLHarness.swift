@testable import GraphQL

/// What one rule says of a document of definitions.
func sdlErrors(_ text: String, _ rule: ValidationRule.Type) throws -> [GraphQLError] {
    validateSDL(try parse(Source(text)), rules: [rule])
}

/// What is wrong with a schema; empty where it can be built.
func schemaErrors(_ text: String) throws -> [GraphQLError] {
    do {
        _ = try GraphQLSchema.build(from: Source(text))
        return []
    } catch let error as SchemaError {
        return error.errors
    }
}
