"""The cases of each kind: made from a seed and an index alone, so that any of them can be made again."""

import random
import re
from collections import Counter
from pathlib import Path

import graphql

from . import differences, reference
from .documents import DocumentGenerator
from .mutations import minimised, mutated
from .operations import FixtureGenerator, OperationGenerator, VariableGenerator
from .schemas import SchemaGenerator

FOLDER = Path(__file__).resolve().parent
CONTRACT = FOLDER.parents[1] / "schema.graphql"
INTROSPECTION = graphql.get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)
KINDS = re.compile(r"'[^']*'|\d+|[A-Z]\w*(\.\w+)?(\(\w+:\))?")
PYTHON_WORDS = {"None": "null", "True": "true", "False": "false"}
WORDS = re.compile(r"\b(None|True|False)\b")
BUILT_IN_DIRECTIVES = {"skip", "include", "deprecated", "specifiedBy", "oneOf", "defer", "stream"}


def kept_schemas():
    """Name and text of the schemas that operations are written for."""
    schemas = {"garden": (FOLDER / "garden.graphql").read_text(encoding="utf-8")}
    if CONTRACT.is_file():
        schemas["contract"] = CONTRACT.read_text(encoding="utf-8")
    return schemas


class Cases:
    """Makes requests, and compares both sides' answers."""

    def __init__(self, seed, oracle, probe):
        self.seed = seed
        self.oracle = oracle
        self.probe = probe
        self.names = list(oracle.schemas)
        self.tallies = {}

    def random(self, kind, index):
        return random.Random(f"{self.seed}/{kind}/{index}")

    def request(self, kind, index):
        """The request of one case."""
        return getattr(self, kind)(self.random(kind, index))

    # Requests by kind.

    def parse(self, random):
        text = SchemaGenerator(random).document() if random.random() < 0.1 else DocumentGenerator(random).document()
        if random.random() < 0.65:
            text = mutated(random, text)
        return {"op": "parse", "source": text}

    def validate(self, random):
        name = random.choice(self.names)
        wrong = random.choice([0, 0.002, 0.005, 0.01, 0.02, 0.05])
        kinds = ("query", "query", "query", "mutation", "subscription")
        text = OperationGenerator(random, self.oracle.schemas[name], wrong, kinds).document()
        if random.random() < 0.1:
            text = mutated(random, text)
        return {"op": "validate", "schema": name, "source": text}

    def schema(self, random):
        text = SchemaGenerator(random, random.choice([0, 0, 0.01, 0.03, 0.08])).document()
        if random.random() < 0.15:
            text = mutated(random, text)
        return {"op": "schema", "sdl": text}

    def introspect(self, random):
        while True:
            text = SchemaGenerator(random).document()
            schema, _ = built(text)
            if schema:
                return {"op": "introspect", "sdl": text, "query": INTROSPECTION}

    def execute(self, random):
        name = random.choice(self.names)
        schema = self.oracle.schemas[name]
        wrong_data = random.choice([0, 0.02, 0.1])
        wrong_variables = random.choice([0, 0, 0.1, 0.4])
        for _ in range(20):
            text = OperationGenerator(random, schema, 0, ("query", "query", "query", "mutation")).document()
            document = reference.parse(text)
            if not graphql.validate(schema, document, list(reference.RULES.values())):
                break
        operation = next(each for each in document.definitions if isinstance(each, graphql.OperationDefinitionNode))
        root = graphql.GraphQLSchema.get_root_type(schema, operation.operation)
        return {
            "op": "execute",
            "schema": name,
            "source": text,
            "variables": VariableGenerator(random, schema, wrong_variables).variables(operation),
            "data": FixtureGenerator(random, schema, wrong_data).root(root),
        }

    # Comparing.

    def compare(self, request, ours, theirs):
        """None where both agree or the difference is a listed one, else what differs."""
        if "fault" in theirs:
            self.count("reference failed")
            return None
        if "fault" in ours:
            return f"the engine failed: {ours['fault']}"
        compare = getattr(self, f"compare_{request['op']}")
        verdict = compare(request, ours, theirs)
        if verdict is None:
            return None
        ours, theirs, names = differences.explained(request, ours, theirs)
        if names:
            verdict = compare(request, ours, theirs)
        if verdict is None:
            for name in names:
                self.count(f"listed: {name}")
        return verdict

    def count(self, what):
        self.tallies[what] = self.tallies.get(what, 0) + 1

    def compare_parse(self, request, ours, theirs):
        if ours["ok"] != theirs["ok"]:
            return "one side accepts, the other refuses"
        if not ours["ok"]:
            return compare_errors(ours, theirs)
        return None if ours["printed"] == theirs["printed"] else "the printed documents differ"

    def compare_validate(self, request, ours, theirs):
        if ours["ok"] != theirs["ok"]:
            return "one side cannot parse the document"
        return compare_errors(ours, theirs)

    def compare_schema(self, request, ours, theirs):
        if ours["ok"] != theirs["ok"]:
            return "one side accepts, the other refuses"
        if not ours["ok"]:
            return compare_errors(ours, theirs)
        # Ours keeps applied directives and the order written, which the reference's printer leaves out.
        again, errors = built(ours["printed"])
        if errors:
            return f"the reference refuses our printed schema: {errors[0].message}"
        if graphql.print_schema(graphql.lexicographic_sort_schema(again)) != sorted_print(theirs["printed"]):
            return "our printed schema means something else to the reference"
        back = self.probe.answer({"op": "schema", "sdl": theirs["printed"]})
        if not back["ok"]:
            return "the engine refuses the reference's printed schema"
        if back["printed"].strip() != theirs["printed"].strip():
            return "the engine prints the reference's printed schema otherwise"
        return None

    def compare_introspect(self, request, ours, theirs):
        if not ours["ok"] or "errors" in ours["result"]:
            return "introspection failed"
        schema = reference.client_printed(ours["result"]["data"])
        if schema != theirs["printed"]:
            return "a client's schema from our introspection prints otherwise"
        if described(ours["result"]["data"]) != described(theirs["data"]):
            return "introspection results differ"
        return None

    def compare_execute(self, request, ours, theirs):
        if ours["ok"] != theirs["ok"]:
            return "one side cannot parse the document"
        if not ours["ok"]:
            return compare_errors(ours, theirs)
        left, right = with_pairs(ours["result"]), theirs["result"]
        if ordered(left.get("data")) != ordered(right.get("data")):
            return "data differs"
        executed = right["data"] is not None or any("path" in each for each in right.get("errors", []))
        if executed != ("data" in left):
            return "only a request error has no data"
        verdict = compare_errors(left, right)
        if verdict is None:
            return None
        left, right, names = differences.explained(request, left, right)
        if names and compare_errors(left, right) is None:
            for name in names:
                self.count(f"listed: {name}")
            return None
        return verdict

    def minimise(self, request, verdict):
        """The request with a shorter text that both sides still differ on in the same way."""
        key = "source" if "source" in request else "sdl"

        def still(text):
            changed = {**request, key: text}
            if request["op"] == "execute" and not self.is_valid(changed):
                return False
            theirs = self.oracle.answer(changed)
            ours = self.probe.answer(changed)
            return self.compare(changed, ours, theirs) == verdict

        tallies = dict(self.tallies)
        shorter = {**request, key: minimised(request[key], still)}
        self.tallies = tallies
        return shorter

    def is_valid(self, request):
        answer = self.oracle.answer({"op": "validate", "schema": request["schema"], "source": request["source"]})
        return answer["ok"] and not answer["errors"]


def built(sdl):
    """The schema of a text that may not even parse."""
    try:
        return reference.build(sdl)
    except graphql.GraphQLError as failure:
        return None, [failure]
    except Exception as failure:  # noqa: BLE001: the reference's own fault
        return None, [graphql.GraphQLError(str(failure))]


def described(introspected):
    """What an introspection result says of the document's own types and directives, whatever their order."""
    schema = dict(introspected["__schema"])
    schema["types"] = {each["name"]: each for each in schema["types"] if not each["name"].startswith("__")}
    own = [each for each in schema["directives"] if each["name"] not in BUILT_IN_DIRECTIVES]
    schema["directives"] = {each["name"]: each for each in own}
    for type_ in schema["types"].values():
        for key in ("possibleTypes", "interfaces"):
            if type_.get(key):
                type_[key] = sorted(type_[key], key=str)
    return schema


def sorted_print(sdl):
    schema, _ = built(sdl)
    return graphql.print_schema(graphql.lexicographic_sort_schema(schema)) if schema else sdl


def compare_errors(ours, theirs):
    """Errors are compared as sets of message, locations and path; their order is the implementation's."""
    left, right = keyed(ours), keyed(theirs)
    if left == right or (refused_depth(ours) and refused_depth(theirs)):
        return None
    for part, what in ((1, "message"), (2, "locations"), (3, "path")):
        here, there = Counter(each[:part] for each in left), Counter(each[:part] for each in right)
        only_here, only_there = sorted((here - there).elements()), sorted((there - here).elements())
        if only_here or only_there:
            side, first = ("only ours", only_here[0]) if only_here else ("only theirs", only_there[0])
            return f"{what} differs, {side}: {KINDS.sub('…', first[0])[:80]}"
    return None


def with_pairs(result):
    """A response with its errors' locations as pairs, as the reference's side writes them."""
    errors = []
    for each in result.get("errors", []):
        each = {key: value for key, value in each.items() if key in ("message", "locations", "path")}
        if "locations" in each:
            each["locations"] = [[place["line"], place["column"]] for place in each["locations"]]
        errors.append(each)
    return {**result, "errors": errors}


def spoken(message):
    """A message without what is Python's way of writing in it: its quotes, and its words for null, true and false."""
    message = message.replace('"', "'")
    return WORDS.sub(lambda match: PYTHON_WORDS[match[0]], message)


def refused_depth(answer):
    """Whether the document is too deep, which neither says in the other's words or at the other's place."""
    return any(reference.NESTED in each["message"] for each in answer.get("errors") or [])


def keyed(answer):
    return sorted(
        (spoken(each["message"]), str(each.get("locations", [])), str(each.get("path"))) for each in answer.get("errors") or []
    )


def ordered(data):
    """Data with the order of its keys, which == on dictionaries leaves out; 1 and 1.0 are one number."""
    if isinstance(data, dict):
        return [(key, ordered(value)) for key, value in data.items()]
    if isinstance(data, list):
        return [ordered(each) for each in data]
    return (type(data) is bool, data)
