"""A pytest plugin that writes down what the reference's tests call: texts parsed, schemas built, documents validated.

It replaces functions before the tests import them; a call does what it always did.
"""

import json
import os
import sys

import graphql
from graphql.language import parser
from graphql.validation.validate import validate, validate_sdl

OUTPUT = open(os.environ["RECORDED_CALLS"], "a", encoding="utf-8")
texts = {}


def write(request):
    try:
        OUTPUT.write(json.dumps(request, ensure_ascii=True) + "\n")
        OUTPUT.flush()
    except (TypeError, ValueError):
        pass  # Not a text that JSON can carry.


def encodable(text):
    try:
        text.encode("utf-8")
    except (AttributeError, UnicodeEncodeError):
        return False
    return True


def recorded_parser(original):
    def __init__(self, source, *args, **options):
        text = source if isinstance(source, str) else getattr(source, "body", None)
        if isinstance(text, str) and encodable(text):
            write({"op": "parse", "source": text})
        return original(self, source, *args, **options)

    return __init__


def recorded_build(original):
    def recording(source, *args, **options):
        schema = original(source, *args, **options)
        text = source if isinstance(source, str) else source.body
        texts[id(schema)] = (schema, text)
        write({"op": "schema", "sdl": text})
        return schema

    return recording


def recorded_validate(original):
    def recording(schema, document, rules=None, *args, **options):
        sdl = sdl_of(schema)
        if sdl and document.loc:
            request = {"op": "validate", "sdl": sdl, "source": document.loc.source.body}
            if rules is not None:
                request["rules"] = [rule.__name__.removesuffix("Rule") for rule in rules]
            write(request)
        return original(schema, document, rules, *args, **options)

    return recording


def recorded_validate_sdl(original):
    def recording(document, schema=None, *args, **options):
        if schema is None and document.loc:
            write({"op": "schema", "sdl": document.loc.source.body})
        return original(document, schema, *args, **options)

    return recording


def sdl_of(schema):
    if id(schema) in texts:
        return texts[id(schema)][1]
    try:
        return graphql.print_schema(schema) if isinstance(schema, graphql.GraphQLSchema) else None
    except Exception:  # noqa: BLE001: odd schemas of tests
        return None


def replace(original, recording):
    """Puts the recording function wherever the package holds the plain one."""
    for module in [each for key, each in sys.modules.items() if key == "graphql" or key.startswith("graphql.")]:
        for name, value in list(module.__dict__.items()):
            if value is original:
                setattr(module, name, recording)


parser.Parser.__init__ = recorded_parser(parser.Parser.__init__)
for plain, wrap in [
    (graphql.build_schema, recorded_build),
    (validate, recorded_validate),
    (validate_sdl, recorded_validate_sdl),
]:
    replace(plain, wrap(plain))
