"""Where the engine and the reference disagree, and the specification says that the engine is right.

Each has a heading of its name in docs/graphql-differences.md, which gives the clause. A difference takes out of both
answers what it explains; what is left must agree.
"""

import re

LISTED = {}


def difference(name):
    """Registers a function of request, our errors and the reference's, which gives both without what it explains."""

    def register(explain):
        LISTED[name] = explain
        return explain

    return register


def explained(request, ours, theirs):
    """Both answers without what listed differences explain, and the names of those that explained something."""
    names = []
    for name, explain in LISTED.items():
        left, right = explain(request, ours.get("errors") or [], theirs.get("errors") or [])
        if left != (ours.get("errors") or []) or right != (theirs.get("errors") or []):
            names.append(name)
            ours, theirs = {**ours, "errors": left}, {**theirs, "errors": right}
    return ours, theirs, names


@difference("Nullable variables in OneOf input objects")
def one_of_variables(request, ours, theirs):
    """The reference misses them where the input object's own type is non-null."""
    seen = {each["message"] for each in theirs}
    missed = [each for each in ours if "must be non-nullable to be used for OneOf" in each["message"]]
    missed = [each for each in missed if each["message"] not in seen]
    return [each for each in ours if each not in missed], theirs


@difference("Places of refused literals")
def places(request, ours, theirs):
    """The reference gives no place for an empty or nested literal that a leaf type refuses."""
    if request["op"] not in ("validate", "schema"):
        return ours, theirs
    for bare in [each for each in theirs if " cannot represent " in each["message"] and not each.get("locations")]:
        placed = next((each for each in ours if each["message"] == bare["message"] and each.get("locations")), None)
        if placed:
            ours = [each for each in ours if each is not placed]
            theirs = [each for each in theirs if each is not bare]
    return ours, theirs


@difference("Conflicts with __typename")
def typename(request, ours, theirs):
    """The reference does not know the type of `__typename`, and so misses that it differs from another field's."""
    if request["op"] != "validate":
        return ours, theirs
    lines = re.split(r"\r\n|\n|\r", request["source"])

    def names_type(place):
        text = lines[place[0] - 1][place[1] - 1 :]
        return re.match(r"(\w+[\s,]*:[\s,]*)?__typename\b", text) is not None

    for each in [each for each in ours if "they return conflicting types" in each["message"]]:
        if each not in theirs and any(names_type(place) for place in each.get("locations", [])):
            ours = [other for other in ours if other is not each]
            # The same conflict, told without that reason.
            same = next((other for other in theirs if other not in ours and starts_alike(other, each)), None)
            theirs = [other for other in theirs if other is not same]
    return ours, theirs


def starts_alike(left, right):
    """Whether two errors tell of a conflict of the same two fields."""
    return "conflict because" in left["message"] and (left.get("locations") or [None])[0] == right["locations"][0]


@difference("Long tokens in messages")
def long_tokens(request, ours, theirs):
    """A syntax error shows the start of a long string or name only."""
    for short in [each for each in ours if "\u2026" in each["message"]]:
        start = short["message"].replace('"', "'").split("\u2026")[0]
        for whole in theirs:
            if whole["message"].replace('"', "'").startswith(start) and whole.get("locations") == short.get("locations"):
                ours = [each for each in ours if each is not short]
                theirs = [each for each in theirs if each is not whole]
                break
    return ours, theirs


@difference("Deprecated directives")
def deprecated_directives(request, ours, theirs):
    """The reference can already introspect that a directive is deprecated."""
    newer = (
        "Cannot query field 'isDeprecated' on type '__Directive'",
        "Cannot query field 'deprecationReason' on type '__Directive'",
        "Unknown argument 'includeDeprecated' on field '__Schema.directives'",
    )
    return [each for each in ours if each in theirs or not each["message"].startswith(newer)], theirs


@difference("Many places of one error")
def many_places(request, ours, theirs):
    """An error of a field names the first 16 of the places that select it; the reference all."""
    if request["op"] != "execute":
        return ours, theirs
    cut = {(each["message"], str(each.get("path"))) for each in ours if len(each.get("locations") or []) == 16}
    return ours, [
        {**each, "locations": each["locations"][:16]} if (each["message"], str(each.get("path"))) in cut else each
        for each in theirs
    ]
