"""Schema documents: random ones, right or wrong in every way the type system's rules forbid."""

KINDS = ["scalar", "type", "type", "type", "interface", "interface", "union", "enum", "input", "input", "directive"]
BUILT_IN = ["Int", "Float", "String", "Boolean", "ID"]
TYPE_LOCATIONS = {
    "scalar": "SCALAR", "type": "OBJECT", "interface": "INTERFACE", "union": "UNION", "enum": "ENUM", "input": "INPUT_OBJECT"
}  # fmt: skip
VALUES = ["1", "-3", "1.5", '"x"', "true", "null", "RED", "[1]", "{}", '{ f0: "y" }', "[]", '"""\n  block\n"""']
FIELDS = ["f0", "f1", "f2", "f3", "id", "name"]
LETTERS = "ABCDEFGH"


class SchemaGenerator:
    """Writes one schema document; `wrong` is the share of places where a rule may be broken."""

    def __init__(self, random, wrong=0.0):
        self.random = random
        self.wrong = wrong
        self.types = {}
        self.directives = {}
        self.interfaces = {}

    def document(self):
        """The text of the document."""
        random = self.random
        for letter in LETTERS[: random.randint(3, len(LETTERS))]:
            kind = random.choice(KINDS)
            if kind == "directive":
                self.directives[letter.lower() + "Directive"] = None
            else:
                self.types[letter + kind.capitalize()] = kind
        if not self.errs(0.5):
            self.types["Query"] = "type"
        if self.chance(0.2):
            self.types["Mutation"] = "type"
        for name in self.directives:
            places = random.sample(list(TYPE_LOCATIONS.values()) + ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "ENUM_VALUE", "FIELD", "INPUT_FIELD_DEFINITION"], 4)
            self.directives[name] = (places, self.chance(0.3), [self.input_value(f"p{index}", simple=True) for index in range(random.randint(0, 2))])
        # What an interface asks for is settled first, so that what implements it can.
        for name, kind in self.types.items():
            if kind == "interface":
                self.interfaces[name] = self.fields_of_interface()
        parts = [self.definition(name, kind) for name, kind in self.types.items()]
        parts += [self.directive(name) for name in self.directives]
        if self.chance(0.25) or "Query" not in self.types:
            parts.append(self.schema())
        if self.chance(0.2) and self.types:
            parts.append(self.extension())
        if self.errs(2):
            parts.append(random.choice(parts))
        random.shuffle(parts)
        return "\n\n".join(parts) + "\n"

    def errs(self, factor=1.0):
        return self.random.random() < self.wrong * factor

    def chance(self, share):
        return self.random.random() < share

    def description(self, indent=""):
        if not self.chance(0.15):
            return ""
        text = self.random.choice(['"Short."', '"""\n{0}Long,\n{0}with lines.\n{0}"""', '""', '"""  lead"""', '"é \\u{1F600} \\""'])
        return indent + text.replace("{0}", indent) + "\n"

    def applied(self, location):
        text = ""
        for name, (places, _, arguments) in self.directives.items():
            if (location in places and self.chance(0.2)) or self.errs(0.3):
                given = []
                for argument in arguments:
                    if argument[2] or self.chance(0.3):
                        given.append(f"{argument[0]}: {self.literal(argument[1])}")
                text += f" @{name}" + (f"({', '.join(given)})" if given else "")
        if location in ("FIELD_DEFINITION", "ENUM_VALUE") and self.chance(0.08):
            text += self.random.choice([" @deprecated", ' @deprecated(reason: "Old.")'])
        if self.errs(0.4):
            text += self.random.choice([" @missing", " @deprecated(reason: null)", " @skip(if: true)", " @deprecated(why: 1)", " @oneOf"])
        return text

    def of_kind(self, *kinds):
        names = [name for name, kind in self.types.items() if kind in kinds]
        return names

    def type_reference(self, names):
        if self.errs(0.7):
            name = self.random.choice(list(self.types) + ["Missing", "__Type"])
        else:
            name = self.random.choice(names)
        text = name
        if self.chance(0.3):
            text += "!"
        if self.chance(0.25):
            text = f"[{text}]"
            if self.chance(0.3):
                text += "!"
        return text

    def output_type(self):
        return self.type_reference(BUILT_IN + self.of_kind("scalar", "type", "interface", "union", "enum"))

    def input_type(self, simple=False):
        return self.type_reference(BUILT_IN + ([] if simple else self.of_kind("scalar", "enum", "input")))

    def input_value(self, name, simple=False):
        """Name, type, whether it must be given, and the text."""
        type_ = self.input_type(simple)
        default = ""
        if self.chance(0.3):
            default = f" = {self.literal(type_)}"
        if self.errs():
            name = self.random.choice(["__reserved", "f0", name])
        deprecated = " @deprecated" if self.chance(0.04) and (not type_.endswith("!") or self.errs(10)) else ""
        return name, type_, type_.endswith("!") and not default, f"{name}: {type_}{default}{deprecated}"

    def literal(self, type_):
        if self.errs():
            return self.random.choice(VALUES)
        bare = type_.removesuffix("!")
        if bare.startswith("["):
            return f"[{self.literal(bare[1:-1])}]"
        simple = {"Int": "3", "Float": "1.5", "String": '"text"', "Boolean": "true", "ID": '"id"'}
        if bare in simple:
            return simple[bare]
        kind = self.types.get(bare)
        if kind == "enum":
            return "RED"
        return "{}" if kind == "input" else "7"

    def arguments(self):
        if not self.chance(0.3):
            return []
        return [self.input_value(f"a{index}") for index in range(self.random.randint(1, 3))]

    def field(self, name):
        return name, self.arguments(), self.output_type()

    def fields_of_interface(self):
        names = self.random.sample(FIELDS, self.random.randint(1, 3))
        return [self.field(name) for name in names]

    def written(self, field):
        name, arguments, type_ = field
        if self.errs(0.5):
            name = self.random.choice(["__hidden", "f0", "f1"])
        given = f"({', '.join(each[3] for each in arguments)})" if arguments else ""
        return self.description("  ") + f"  {name}{given}: {type_}{self.applied('FIELD_DEFINITION')}"

    def fielded(self, name, keyword):
        parents = []
        if self.interfaces and self.chance(0.5):
            earlier = [each for each in self.interfaces if each < name or keyword == "type"]
            if earlier:
                parents = self.random.sample(earlier, self.random.randint(1, min(2, len(earlier))))
        if self.errs():
            parents.append(self.random.choice(list(self.types) + ["Missing", name]))
        fields = {}
        for parent in parents:
            for field in self.interfaces.get(parent, []):
                if not self.errs():
                    fields[field[0]] = self.implemented(field)
        own = self.interfaces.get(name)
        for field in own if own is not None else [self.field(each) for each in self.random.sample(FIELDS, self.random.randint(1, 4))]:
            fields.setdefault(field[0], field)
        if own is not None:
            self.interfaces[name] = list(fields.values())
        clause = " implements " + " & ".join(parents) if parents else ""
        lines = [self.written(field) for field in fields.values()]
        if self.errs():
            lines.append(self.random.choice(lines))
        if self.errs(0.5):
            return f"{keyword} {name}{clause}{self.applied(TYPE_LOCATIONS[keyword])}"
        body = "\n".join(lines)
        return f"{keyword} {name}{clause}{self.applied(TYPE_LOCATIONS[keyword])} {{\n{body}\n}}"

    def implemented(self, field):
        name, arguments, type_ = field
        if self.errs():
            arguments = arguments[1:]
        if self.errs():
            arguments = [*arguments, self.input_value("extra")]
        if self.errs():
            type_ = self.output_type()
        elif self.chance(0.2) and not type_.endswith("!"):
            type_ += "!"
        return name, arguments, type_

    def definition(self, name, kind):
        if self.errs(0.3):
            name = "__" + name
        return self.description() + getattr(self, kind)(name)

    def scalar(self, name):
        specified = ' @specifiedBy(url: "https://example.com/form")' if self.chance(0.3) else ""
        return f"scalar {name}{specified}{self.applied('SCALAR')}"

    def type(self, name):
        return self.fielded(name, "type")

    def interface(self, name):
        return self.fielded(name, "interface")

    def union(self, name):
        members = self.of_kind("type") or ["Missing"]
        chosen = self.random.sample(members, self.random.randint(1, len(members)))
        if self.errs():
            chosen.append(self.random.choice(list(self.types) + ["Int", chosen[0]]))
        if self.errs(0.5):
            return f"union {name}{self.applied('UNION')}"
        return f"union {name}{self.applied('UNION')} = {' | '.join(chosen)}"

    def enum(self, name):
        values = self.random.sample(["GREEN", "BLUE", "one", "_x"], self.random.randint(0, 3)) + ["RED"]
        if self.errs():
            values.append(self.random.choice(["RED", "__HIDDEN"]))
        body = "\n".join(self.description("  ") + f"  {value}{self.applied('ENUM_VALUE')}" for value in values)
        return f"enum {name}{self.applied('ENUM')} {{\n{body}\n}}"

    def input(self, name):
        one_of = self.chance(0.25)
        lines = []
        for field in self.random.sample(FIELDS, self.random.randint(1, 4)):
            text = self.input_value(field)[3]
            if one_of and not self.errs(3):
                text = text.split(" = ")[0].rstrip("!").removesuffix("! @deprecated")
            lines.append(self.description("  ") + "  " + text + self.applied("INPUT_FIELD_DEFINITION"))
        if self.errs():
            lines.append(self.random.choice(lines))
        body = "\n".join(lines)
        return f"input {name}{' @oneOf' if one_of else ''}{self.applied('INPUT_OBJECT')} {{\n{body}\n}}"

    def directive(self, name):
        places, repeatable, arguments = self.directives[name]
        if self.errs(0.3):
            name = "__" + name
        given = f"({', '.join(each[3] for each in arguments)})" if arguments else ""
        return self.description() + f"directive @{name}{given}{' repeatable' if repeatable else ''} on {' | '.join(places)}"

    def schema(self):
        roots = [f"  query: {'Query' if 'Query' in self.types and not self.errs(2) else self.random.choice(list(self.types) or ['Missing'])}"]
        if "Mutation" in self.types:
            roots.append("  mutation: Mutation")
        if self.errs(2):
            roots.append(self.random.choice(["  query: Query", "  subscription: Missing", "  subscription: Query"]))
        body = "\n".join(roots)
        return self.description() + f"schema {{\n{body}\n}}"

    def extension(self):
        name, kind = self.random.choice(list(self.types.items()))
        if self.errs(2):
            name = self.random.choice([*self.types, "Missing", "Quer", "Int"])
        bodies = {
            "scalar": ' @specifiedBy(url: "https://example.com/other")',
            "type": " { extended: Int }",
            "interface": " { extended: Int }",
            "union": f" = {self.random.choice(self.of_kind('type') or ['Missing'])}",
            "enum": " { EXTENDED }",
            "input": " { extended: Int }",
        }
        return f"extend {kind} {name}{bodies[kind]}"
