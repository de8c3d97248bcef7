"""graphql-core, held to the September 2025 edition, answering the same requests as the probe does.

Left out are what it parses beyond that edition: directives on directive definitions and their extensions, two further
directive locations, and the rules for incremental delivery.
"""

import json

import graphql
from graphql.language import parser as language
from graphql.language.directive_locations import DirectiveLocation
from graphql.validation import specified_rules
from graphql.validation.specified_rules import specified_sdl_rules
from graphql.validation.validate import validate_sdl

BEYOND = {"FRAGMENT_VARIABLE_DEFINITION", "DIRECTIVE_DEFINITION"}
RULES = {
    rule.__name__.removesuffix("Rule"): rule
    for rule in specified_rules
    if "Defer" not in rule.__name__ and "Stream" not in rule.__name__
}
SDL_RULES = {rule.__name__.removesuffix("Rule"): rule for rule in specified_sdl_rules}
DIRECTIVES = [
    directive for directive in graphql.specified_directives if directive.name not in ("defer", "stream")
]
NESTED = "nested too deeply"
ABORTED = "Validation aborted."
KEPT = 100


class Unfit(Exception):
    """The request cannot be answered: its schema or rule is none of the edition."""


class Parser(language.Parser):
    """The parser without what is newer than the edition."""

    def parse_directive_definition(self):
        start = self._lexer.token
        description = self.parse_description()
        self.expect_keyword("directive")
        self.expect_token(language.TokenKind.AT)
        name = self.parse_name()
        arguments = self.parse_argument_defs()
        repeatable = self.expect_optional_keyword("repeatable")
        self.expect_keyword("on")
        locations = self.parse_directive_locations()
        return language.DirectiveDefinitionNode(
            description=description,
            name=name,
            arguments=arguments,
            directives=(),
            repeatable=repeatable,
            locations=locations,
            loc=self.loc(start),
        )

    def parse_directive_location(self):
        start = self._lexer.token
        name = self.parse_name()
        if name.value in DirectiveLocation.__members__ and name.value not in BEYOND:
            return name
        raise self.unexpected(start)

    def parse_directive_extension(self):
        raise self.unexpected(self._lexer.lookahead())


def parse(source):
    """The document, or a GraphQLError."""
    parser = Parser(graphql.Source(source), allow_empty_selection_sets=False)
    try:
        return parser.parse_document()
    except RecursionError:
        raise graphql.GraphQLError(NESTED) from None


def error(failure):
    """An error as the probe writes it."""
    entry = {"message": failure.message}
    if failure.locations:
        entry["locations"] = [[place.line, place.column] for place in failure.locations]
    if failure.path is not None:
        entry["path"] = list(failure.path)
    return entry


def build(sdl):
    """The schema and no errors, or None and what is wrong with it."""
    document = parse(sdl)
    errors = validate_sdl(document)
    if errors:
        return None, errors
    schema = graphql.build_ast_schema(document, assume_valid_sdl=True)
    schema = without_newer_directives(schema)
    errors = graphql.validate_schema(schema)
    return (None, errors) if errors else (schema, [])


def without_newer_directives(schema):
    """The schema with the specified directives of the edition only."""
    wanted = tuple(each for each in schema.directives if each.name not in ("defer", "stream") or each.ast_node)
    if len(wanted) == len(schema.directives):
        return schema
    return graphql.GraphQLSchema(**{**schema.to_kwargs(), "directives": wanted})


class Reference:
    """Answers requests; keeps the schemas it was given by name."""

    def __init__(self):
        self.schemas = {}
        self.built = {}

    def answer(self, request):
        """What the probe should answer; a crash of the reference is an answer too."""
        try:
            return getattr(self, request["op"])(request)
        except graphql.GraphQLError as failure:
            if " cannot be resolved. " in failure.message:
                # Thrown while a schema is built, with a picture of the source in it, in place of the list of errors.
                return {"ok": False, "fault": failure.message}
            return {"ok": False, "errors": [error(failure)]}
        except RecursionError:
            return {"ok": False, "errors": [{"message": NESTED}]}
        except Exception as failure:  # noqa: BLE001: whatever a reference's own fault may be
            return {"ok": False, "fault": f"{type(failure).__name__}: {failure}"}

    def parse(self, request):
        return {"ok": True, "printed": graphql.print_ast(parse(request["source"]))}

    def schema(self, request):
        schema, errors = build(request["sdl"])
        if errors:
            return {"ok": False, "errors": [error(each) for each in errors]}
        if "keep" in request:
            self.schemas[request["keep"]] = schema
        return {"ok": True, "printed": graphql.print_schema(schema)}

    def schema_of(self, request):
        """One that was kept, or that of the request's own text."""
        if "schema" in request:
            return self.schemas[request["schema"]]
        sdl = request["sdl"]
        if sdl not in self.built:
            schema, errors = build(sdl)
            if errors:
                raise Unfit(errors[0].message)
            if len(self.built) >= KEPT:
                self.built.pop(next(iter(self.built)))
            self.built[sdl] = schema
        return self.built[sdl]

    def validate(self, request):
        document = parse(request["source"])
        if "@stream" in request["source"] or "@defer" in request["source"]:
            raise Unfit("incremental delivery")
        names = request.get("rules", RULES)
        if not all(name in RULES for name in names):
            raise Unfit("a rule that is not in the edition")
        rules = [RULES[name] for name in names]
        errors = graphql.validate(
            self.schema_of(request), document, rules, max_errors=10_000, allow_empty_selection_sets=False
        )
        if any(each.message == ABORTED for each in errors):
            raise Unfit("fragments deeper than Python's stack")
        return {"ok": True, "errors": [error(each) for each in errors]}

    def introspect(self, request):
        schema = self.schema_of(request)
        result = graphql.execute_sync(schema, parse(request["query"]))
        return {"ok": True, "printed": graphql.print_schema(schema), "data": result.data}

    def execute(self, request):
        result = graphql.execute_sync(
            self.schema_of(request),
            parse(request["source"]),
            root_value=request["data"],
            variable_values=request.get("variables") or {},
            operation_name=request.get("operationName"),
            field_resolver=resolve,
        )
        answer = {"data": result.data}
        if result.errors:
            answer["errors"] = [error(each) for each in result.errors]
        return {"ok": True, "result": json.loads(json.dumps(answer))}


def resolve(source, info, **_arguments):
    """The entry of the field's name; an object with `$error` is an error."""
    return unless_failed(source.get(info.field_name))


def unless_failed(value):
    if isinstance(value, dict) and "$error" in value:
        raise graphql.GraphQLError(value["$error"])
    if isinstance(value, list):
        return [failed_item(each) for each in value]
    return value


def failed_item(value):
    """An item that failed is an error as a value, which the reference raises where it completes the item."""
    try:
        return unless_failed(value)
    except graphql.GraphQLError as failure:
        return failure


def client_printed(introspected):
    """The schema that a client builds from an introspection result, printed."""
    return graphql.print_schema(graphql.build_client_schema(introspected))
