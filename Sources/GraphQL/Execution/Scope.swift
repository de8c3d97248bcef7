/// All objects of one type at one place of an operation, and what their fields gave.
///
/// `@unchecked Sendable`: a scope is written by the one task that runs it, before anyone reads it. The task that waits for
/// a field writes that field's slot when the wait is over.
final class Scope: @unchecked Sendable {
    let plan: SelectionPlan
    /// The objects, in the order of the response.
    let objects: ObjectBatch
    /// The way to the field that the objects came from; nil for the root.
    let origin: Origin?
    /// One for each field of the plan.
    var outputs: [FieldOutput]
    private var madeRendered: RenderedFields?

    init(_ plan: SelectionPlan, objects: ObjectBatch, origin: Origin?) {
        self.plan = plan
        self.objects = objects
        self.origin = origin
        outputs = Array(repeating: .pending, count: plan.fields.count)
    }

    /// Made when the first of many objects is written.
    var rendered: RenderedFields {
        if let madeRendered { return madeRendered }
        let rendered = RenderedFields(self)
        madeRendered = rendered
        return rendered
    }

    /// Gives back the memory of what is part of the objects around these now; whoever asks again has it made again.
    func forgetRendered() { madeRendered = nil }
}

/// The way from the root to a field, from its end.
///
/// It does not go by scopes: a scope holds those below it, and the circle would never be freed.
final class Origin: Sendable {
    let field: FieldPlan
    /// Of the objects that the field is selected on; nil for the root's.
    let parent: Origin?

    init(_ field: FieldPlan, parent: Origin?) {
        self.field = field
        self.parent = parent
    }
}

/// What a field gave for the objects of a scope.
enum FieldOutput {
    /// Not there yet, or never asked for since the execution stopped.
    case pending
    /// The name of the scope's type, for each.
    case typename
    /// Nothing yet: the field writes its values while the response is written.
    case leaves
    case column(ResolvedField)
    /// For every object alike.
    case failure(FieldFailure)

    static func column(_ column: Column, children: ChildScopes) -> FieldOutput {
        .column(ResolvedField(column: column, children: children))
    }
}

/// What a field gave, and what is selected below.
///
/// A class, since it is looked at for every object.
final class ResolvedField: Sendable {
    let column: Column
    let children: ChildScopes

    init(column: Column, children: ChildScopes) {
        self.column = column
        self.children = children
    }
}

/// Where the objects that a field gave are resolved further.
enum ChildScopes {
    /// A leaf, or no object at all.
    case none
    /// All objects are of one type: the place in the column is the place in the scope.
    case one(Scope)
    /// For each object its scope and its place there, or what is wrong with it.
    case several([ChildPlace])
    /// The selections cannot be collected, for a reason that is each object's error; a null has none.
    case refused(LocatedError)
}

/// Where one object of an abstract type went.
enum ChildPlace {
    case null
    case object(Scope, Int)
    case failure(LocatedError)
}

/// An error ready to be shown, but for the path and the field's own places.
struct FieldFailure {
    let message: String
    /// Nil stands for the field's places.
    let offsets: [SourceOffset]?
    let locations: [SourceLocation]
    let extensions: Value.Object
    /// Where a resolver names a path itself.
    let path: ResponsePath?

    init(_ message: String) {
        self.message = message
        offsets = nil
        locations = []
        extensions = [:]
        path = nil
    }

    init(_ error: LocatedError) {
        message = error.message
        offsets = error.offsets.isEmpty ? nil : error.offsets
        locations = []
        extensions = error.extensions
        path = nil
    }

    /// - Parameters:
    ///   - error: As a resolver or a coercion threw it.
    ///   - mask: Makes what is shown of an error that is not meant for clients.
    init(_ error: any Error, mask: (any Error) -> GraphQLError) {
        if let error = error as? LocatedError {
            self.init(error)
            return
        }
        self.init(error as? GraphQLError ?? mask(error))
    }

    private init(_ error: GraphQLError) {
        message = error.message
        offsets = nil
        locations = error.locations
        extensions = error.extensions
        path = error.path
    }
}
