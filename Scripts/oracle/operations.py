"""Operations that fit a schema, or fit it but for some errors; with variables to go with them."""

import graphql
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    is_composite_type,
)

ALIASES = ["a", "b", "c", "name", "id", "x"]
WRONG_VALUES = ["1", "-7", "2147483648", "1.5", '"text"', "true", "null", "RED", "[]", "[1, null]", "{}", "{ name: 3 }"]


class OperationGenerator:
    """Writes one document for a schema.

    `wrong` is the share of places where something else is written than what the schema asks for; with 0 the document
    is valid but for fields that do not merge.
    """

    def __init__(self, random, schema, wrong=0.0, kinds=("query",), fragments=True, depth=4):
        self.random = random
        self.schema = schema
        self.wrong = wrong
        self.kinds = kinds
        self.depth = depth
        self.with_fragments = fragments
        self.variables = {}
        self.definitions = {}
        self.fragments = []
        self.unfinished = []
        self.types = [each for each in schema.type_map.values() if not each.name.startswith("__")]
        self.composite = [each for each in self.types if is_composite_type(each)]

    def document(self):
        """The document's text; afterwards `definitions` has each variable's type and default."""
        count = 1 if not self.errs(4) else self.random.randint(1, 3)
        operations = [self.operation(index, count) for index in range(count)]
        parts = operations + [self.fragment(each) for each in self.fragments]
        if self.errs():
            parts.append(self.random.choice(parts))
        self.random.shuffle(parts)
        return "\n\n".join(parts) + "\n"

    def errs(self, factor=1.0):
        return self.random.random() < self.wrong * factor

    def chance(self, share):
        return self.random.random() < share

    def operation(self, index, count):
        kind = self.random.choice(self.kinds)
        root = getattr(self.schema, f"{kind}_type")
        if root is None or self.errs(0.3):
            root = self.schema.query_type
        self.definitions = {}
        first_fragment = len(self.fragments)
        body = self.selection_set(root, self.depth, single=kind == "subscription" and not self.errs(5))
        # Fragments are written now, as their variables belong to the operation.
        for fragment in self.fragments[first_fragment:]:
            self.write(fragment)
        name = f"Op{index}" if count > 1 or self.chance(0.5) else ""
        if self.errs(2):
            name = self.random.choice(["", "Op0"])
        variables = ""
        if self.errs(2):
            self.definitions.setdefault("unused", ("Int", None))
        definitions = list(self.definitions.items())
        if definitions and self.errs(2):
            definitions.pop()
        if definitions and self.errs():
            definitions.append(self.random.choice(definitions))
        if definitions:
            written = [
                f"${each}: {self.maybe_type(type_)}" + (f" = {default}" if default is not None else "")
                for each, (type_, default) in definitions
            ]
            variables = "(" + ", ".join(written) + ")"
        directives = self.directives(kind.upper())
        if not name and not variables and not directives and kind == "query" and self.chance(0.6):
            return body
        return f"{kind} {name}{variables}{directives} {body}"

    def maybe_type(self, written):
        return self.random.choice(["Int", "String!", "[ID]", "Query", "Missing", "[Boolean!]!"]) if self.errs() else written

    def selection_set(self, type_, depth, single=False):
        return "{ " + " ".join(self.selections(type_, depth, single)) + " }"

    def selections(self, type_, depth, single=False):
        count = 1 if single else self.random.choice([1, 2, 2, 3, 3, 4, 6])
        return [self.selection(type_, depth, single) for _ in range(count)]

    def selection(self, type_, depth, single):
        roll = self.random.random()
        if roll < 0.74 or depth <= 1 or not self.with_fragments:
            return self.field(type_, depth, single)
        other = self.condition(type_)
        directives = "" if single else self.directives("INLINE_FRAGMENT")
        if roll < 0.88:
            on = f" on {other.name}" if self.chance(0.8) or other is not type_ else ""
            return f"...{on}{directives} {self.selection_set(other, depth - 1, single)}"
        return self.spread(other, depth, single)

    def spread(self, type_, depth, single):
        directives = "" if single else self.directives("FRAGMENT_SPREAD")
        if self.errs(0.5):
            return "...Missing" + directives
        known = [each for each in self.fragments if each["type"] is type_ and each["written"]]
        if known and self.chance(0.4) and not single:
            return f"...{self.random.choice(known)['name']}{directives}"
        if self.errs(2) and self.fragments:
            return f"...{self.random.choice(self.fragments)['name']}{directives}"
        fragment = {
            "name": f"F{len(self.fragments)}", "type": type_, "depth": depth - 1, "single": single, "written": None
        }  # fmt: skip
        self.fragments.append(fragment)
        self.write(fragment)
        return f"...{fragment['name']}{directives}"

    def write(self, fragment):
        if fragment["written"] is None:
            fragment["written"] = ""
            directives = self.directives("FRAGMENT_DEFINITION")
            fragment["written"] = directives + " " + self.selection_set(
                fragment["type"], fragment["depth"], fragment["single"]
            )

    def fragment(self, fragment):
        on = fragment["type"].name
        if self.errs():
            on = self.random.choice(["Missing", "Int", "Query", self.random.choice(self.types).name])
        return f"fragment {fragment['name']} on {on}{fragment['written']}"

    def condition(self, type_):
        """A type whose fragment can stand where `type_` is."""
        if self.errs(2):
            return self.random.choice(self.composite)
        possible = self.possible(type_)
        fitting = [each for each in self.composite if possible & self.possible(each)]
        return self.random.choice(fitting or [type_])

    def possible(self, type_):
        if isinstance(type_, GraphQLObjectType):
            return {type_.name}
        return {each.name for each in self.schema.get_possible_types(type_)}

    def field(self, type_, depth, single=False):
        if self.chance(0.06) or isinstance(type_, GraphQLUnionType):
            if not single and not self.errs(3):
                return self.alias() + "__typename" + self.directives("FIELD")
            if isinstance(type_, GraphQLUnionType) and not self.errs(3):
                return "__typename"
        if type_ is self.schema.query_type and self.chance(0.04):
            return self.introspection()
        fields = getattr(type_, "fields", {})
        if not fields or self.errs():
            owner = self.random.choice(self.composite)
            fields = {**getattr(owner, "fields", {}), "missing": None, "nam": None}
            if not fields:
                return "missing"
        name = self.random.choice(list(fields))
        field = fields[name]
        if field is None:
            return name
        named = graphql.get_named_type(field.type)
        composite = is_composite_type(named)
        if composite and depth <= 1 and not self.errs(3):
            leaves = [key for key, each in fields.items() if each and not is_composite_type(graphql.get_named_type(each.type))]
            if not leaves:
                return self.alias() + "__typename"
            name = self.random.choice(leaves)
            field, composite = fields[name], False
        arguments = self.arguments(field.args)
        alias = "" if single and not self.errs(3) else self.alias(bool(field.args))
        text = alias + name + arguments
        text += "" if single and not self.errs(5) else self.directives("FIELD")
        if composite != self.errs():
            named = graphql.get_named_type(field.type)
            text += " " + self.selection_set(named if composite else self.random.choice(self.composite), depth - 1)
        return text

    def introspection(self):
        random = self.random
        if self.wrong and random.random() < 0.3:
            return "__schema { types { fields { type { fields { type { name } } } } } }"
        alias = f"t{random.randrange(100_000)}: "
        depth = random.choice(["name", "kind ofType { name kind ofType { name } }", "description specifiedByURL isOneOf"])
        part = random.choice(
            [
                "fields { name description isDeprecated deprecationReason args { name defaultValue type { name kind } } }",
                "fields(includeDeprecated: true) { name type { kind name ofType { kind name ofType { name } } } }",
                "inputFields { name defaultValue description isDeprecated type { name kind } }",
                "enumValues(includeDeprecated: true) { name isDeprecated deprecationReason description }",
                "interfaces { name } possibleTypes { __typename name }",
                depth,
            ]
        )
        return alias + f'__type(name: "{random.choice(self.types).name}") {{ name kind {part} }}'

    def alias(self, differs=False):
        if self.wrong == 0:
            # Fields of one name merge, but those whose arguments may differ do not.
            return f"k{self.random.randrange(100_000)}: " if differs or self.chance(0.3) else ""
        return self.random.choice(ALIASES) + ": " if self.chance(0.2) else ""

    def arguments(self, arguments):
        written = []
        for name, argument in arguments.items():
            required = isinstance(argument.type, GraphQLNonNull) and argument.default_value is graphql.Undefined
            required = required and getattr(argument, "default", None) is None
            if (required and not self.errs(2)) or self.chance(0.35):
                written.append(f"{name}: {self.value(argument.type, has_default=not required)}")
        if self.errs():
            written.append(f"missing: {self.random.choice(WRONG_VALUES)}")
        if written and self.errs():
            written.append(self.random.choice(written))
        self.random.shuffle(written)
        return f"({', '.join(written)})" if written else ""

    def directives(self, location):
        text = ""
        if location in ("FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT") and self.chance(0.08):
            text += f" @{self.random.choice(['skip', 'include'])}(if: {self.value(GraphQLNonNull(graphql.GraphQLBoolean))})"
        if self.chance(0.04) or self.errs():
            fitting = [each for each in self.schema.directives if location in {place.name for place in each.locations}]
            fitting = [each for each in fitting if each.name not in ("skip", "include")]
            if self.errs(3):
                fitting = list(self.schema.directives)
            if fitting:
                directive = self.random.choice(fitting)
                text += f" @{directive.name}{self.arguments(directive.args)}"
                if directive.is_repeatable and self.chance(0.5):
                    text += f" @{directive.name}{self.arguments(directive.args)}"
        if self.errs(0.5):
            text += self.random.choice([" @missing", " @skip", " @include(if: true) @include(if: false)", " @deprecated"])
        return text

    # Values.

    def value(self, type_, constant=False, depth=0, has_default=False):
        """A literal or variable for a place of this type."""
        if self.errs():
            return self.random.choice(WRONG_VALUES if constant else WRONG_VALUES + ["$undefined"])
        if not constant and self.chance(0.25):
            return self.variable(type_, has_default)
        if isinstance(type_, GraphQLNonNull):
            return self.value(type_.of_type, constant, depth, False) if self.errs() else self.non_null(type_.of_type, constant, depth)
        if self.chance(0.08):
            return "null"
        return self.non_null(type_, constant, depth)

    def non_null(self, type_, constant, depth):
        random = self.random
        if isinstance(type_, GraphQLList):
            if self.chance(0.2) and not isinstance(type_.of_type, GraphQLNonNull):
                return self.non_null(graphql.get_nullable_type(type_.of_type), constant, depth)
            count = random.randint(0, 2 if depth < 3 else 0)
            return "[" + ", ".join(self.value(type_.of_type, constant, depth + 1) for _ in range(count)) + "]"
        if isinstance(type_, GraphQLInputObjectType):
            return self.object(type_, constant, depth)
        if isinstance(type_, GraphQLEnumType):
            return random.choice(list(type_.values))
        return random.choice(LITERALS.get(type_.name, LITERALS["Anything"]))

    def object(self, type_, constant, depth):
        if type_.is_one_of:
            names = self.random.sample(list(type_.fields), 1 if not self.errs(3) else self.random.randint(0, 2))
            entries = []
            for name in names:
                inner = type_.fields[name].type
                entries.append(f"{name}: {self.value(GraphQLNonNull(inner), constant, depth + 1)}")
            return "{ " + ", ".join(entries) + " }" if entries else "{}"
        entries = []
        for name, field in type_.fields.items():
            required = graphql.is_required_input_field(field)
            if (required and not self.errs(2)) or (depth < 3 and self.chance(0.3)):
                entries.append(f"{name}: {self.value(field.type, constant, depth + 1, has_default=not required)}")
        if self.errs():
            entries.append("missing: 1")
        if entries and self.errs():
            entries.append(self.random.choice(entries))
        return "{ " + ", ".join(entries) + " }" if entries else "{}"

    def variable(self, type_, has_default):
        """A variable that may stand at the place; known ones are used again."""
        written = str(type_)
        known = [name for name, (declared, _) in self.definitions.items() if declared == written]
        if known and self.chance(0.6):
            return "$" + self.random.choice(known)
        name = f"v{len(self.definitions)}"
        default = None
        declared = written
        if isinstance(type_, GraphQLNonNull):
            if self.chance(0.3):
                default = self.non_null(type_.of_type, True, 1)
                if self.chance(0.5):
                    declared = str(type_.of_type)
        elif self.chance(0.25):
            default = self.value(type_, True, 1)
        elif self.chance(0.2):
            declared = written + "!"
        self.definitions[name] = (declared, default)
        return "$" + name


LITERALS = {
    "Int": ["0", "1", "-5", "42", "2147483647", "-2147483648"],
    "Float": ["0", "1", "-5", "1.5", "2.5e3", "-0.25"],
    "String": ['""', '"text"', '"é𝄞"', '"a\\nb"', '"""block\n  text"""'],
    "Boolean": ["true", "false"],
    "ID": ['"1"', '"abc"', "7", '""'],
    "Anything": ["1", "1.5", '"x"', "true", "RED", "[1, [2]]", "{ a: 1, b: { c: [null] } }"],
}
JSON_LEAVES = {
    "Int": [0, 1, -5, 2147483647, 1.0],
    "Float": [0, 1, -5, 1.5, 2500.0],
    "String": ["", "text", "é𝄞", "a\nb"],
    "Boolean": [True, False],
    "ID": ["1", "abc", 7],
    "Anything": [1, 1.5, "x", True, [1, [2]], {"a": 1}],
}
WRONG_JSON = [None, 1, 1.5, 2147483648, -3e10, "x", "RED", True, [], [None], {}, {"name": 3}, [[1]], "2020-01-01"]


class VariableGenerator:
    """Values for an operation's variables, as JSON; `wrong` is the share of places given something else."""

    def __init__(self, random, schema, wrong=0.0):
        self.random = random
        self.schema = schema
        self.wrong = wrong

    def variables(self, operation):
        values = {}
        for definition in operation.variable_definitions or ():
            type_ = graphql.type_from_ast(self.schema, definition.type)
            if type_ is None or not graphql.is_input_type(type_):
                continue
            required = isinstance(type_, GraphQLNonNull) and definition.default_value is None
            if required or self.random.random() < 0.6:
                if required and self.random.random() < self.wrong:
                    continue
                values[definition.variable.name.value] = self.value(type_, 0)
        return values

    def value(self, type_, depth):
        random = self.random
        if random.random() < self.wrong:
            return random.choice(WRONG_JSON)
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        elif random.random() < 0.1:
            return None
        if isinstance(type_, GraphQLList):
            if random.random() < 0.2:
                return self.value(type_.of_type, depth)
            return [self.value(type_.of_type, depth + 1) for _ in range(random.randint(0, 2))]
        if isinstance(type_, GraphQLInputObjectType):
            return self.object(type_, depth)
        if isinstance(type_, GraphQLEnumType):
            return random.choice(list(type_.values))
        if isinstance(type_, GraphQLScalarType):
            return random.choice(JSON_LEAVES.get(type_.name, JSON_LEAVES["Anything"]))
        return None

    def object(self, type_, depth):
        if type_.is_one_of and self.random.random() >= self.wrong:
            name = self.random.choice(list(type_.fields))
            return {name: self.value(GraphQLNonNull(type_.fields[name].type), depth + 1)}
        values = {}
        for name, field in type_.fields.items():
            required = graphql.is_required_input_field(field)
            if (required and self.random.random() >= self.wrong) or (depth < 3 and self.random.random() < 0.35):
                values[name] = self.value(field.type, depth + 1)
        if self.random.random() < self.wrong:
            values["missing"] = 1
        return values


class FixtureGenerator:
    """Data for the default resolvers: JSON objects by type.

    `wrong` is the share of places with nulls that must not be, values that a leaf type refuses, object types that do
    not exist or do not fit, and errors.
    """

    def __init__(self, random, schema, wrong=0.0):
        self.random = random
        self.schema = schema
        self.wrong = wrong

    def root(self, type_, depth=5):
        return self.object(type_, depth)

    def object(self, type_, depth):
        data = {"__typename": type_.name}
        for name, field in type_.fields.items():
            if self.random.random() < 0.95:
                data[name] = self.value(field.type, depth - 1)
        return data

    def value(self, type_, depth):
        random = self.random
        if random.random() < self.wrong:
            return self.wrong_value(graphql.get_nullable_type(type_))
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        elif random.random() < 0.1:
            return None
        if isinstance(type_, GraphQLList):
            return [self.value(type_.of_type, depth) for _ in range(random.randint(0, 3 if depth > 2 else 1))]
        if is_composite_type(type_):
            if depth <= 0:
                return None
            wanted = type_
            if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
                wanted = random.choice(self.schema.get_possible_types(type_))
            data = self.object(wanted, depth)
            if wanted is not type_ and random.random() < self.wrong:
                data["__typename"] = random.choice(["Missing", "Query", type_.name])
            return data
        if isinstance(type_, GraphQLEnumType):
            return random.choice(list(type_.values))
        return random.choice(JSON_LEAVES.get(type_.name, JSON_LEAVES["Anything"]))

    def wrong_value(self, type_):
        if self.random.random() < 0.3:
            return {"$error": self.random.choice(["The store is closed.", "Not found: é"])}
        return self.random.choice(WRONG_JSON) if graphql.is_leaf_type(type_) else None
