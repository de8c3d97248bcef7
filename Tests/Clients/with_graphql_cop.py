"""The checks of the scanner graphql-cop, asked anew: what is open is what the contract wants open, and nothing else.

usage: with_graphql_cop.py PROGRAM

The server keeps its schema to itself (INTROSPECTION=off), as one that strangers reach should.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

from server import Server


def ask(url, query=None, *, body=None, kind="application/json", get=False, accept="application/json"):
    """Status and text of an answer, whatever the status."""
    if get:
        request = urllib.request.Request(f"{url}?{urllib.parse.urlencode({'query': query})}")
    elif query is None and body is None:
        request = urllib.request.Request(url)
    else:
        data = body if body is not None else json.dumps({"query": query})
        request = urllib.request.Request(url, data=data.encode(), headers={"Content-Type": kind})
    request.add_header("Accept", accept)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def data_of(text):
    try:
        answer = json.loads(text)
    except ValueError:
        return None
    return answer.get("data") if isinstance(answer, dict) else None


CIRCLE = "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"


def checks(url):
    """Each check: its name, whether the scanner would report it, and whether that is meant to be so."""
    status, text = ask(url, "{ " + "__typename " * 500 + "}")
    yield "field duplication", data_of(text) is not None, False
    status, text = ask(url, "{ " + "__typename " * 50_000 + "}")
    yield "field duplication without bound", data_of(text) is not None, False
    aliases = " ".join(f"a{number}: __typename" for number in range(101))
    status, text = ask(url, "{ " + aliases + " }")
    yield "alias overloading, 101 constants", data_of(text) is not None, False
    lists = "jobs(first: 100) { nodes { resumes(first: 100) { nodes { id } } } }"
    jobs = " ".join(f"a{number}: {lists}" for number in range(101))
    status, text = ask(url, "{ " + jobs + " }")
    yield "alias overloading, 101 lists", data_of(text) is not None, False
    batch = json.dumps([{"query": "{ __typename }"}] * 10)
    status, text = ask(url, body=batch)
    yield "array-based batching", text.startswith("["), False
    status, text = ask(url, CIRCLE)
    yield "circular introspection", data_of(text) is not None, False
    status, text = ask(url, "query { __typename " + "@aa" * 10 + " }")
    # Each error is told, up to a hundred.
    yield "directive overloading", len(json.loads(text).get("errors", [])) >= 10, True
    status, text = ask(url, "query { __typename " + "@aa" * 10_000 + " }")
    yield "directive overloading without bound", len(json.loads(text).get("errors", [])) > 100, False
    status, text = ask(url, "{ viewr { id } }")
    yield "field suggestions", "Did you mean" in text, False
    status, text = ask(url, "mutation { __typename }", get=True)
    yield "mutation by GET", data_of(text) is not None, False
    # Without cookies a query by GET gives away nothing.
    status, text = ask(url, "{ __typename }", get=True)
    yield "query by GET", data_of(text) is not None, True
    status, text = ask(url, accept="text/html")
    yield "GraphiQL", "graphiql" in text.lower(), True
    status, text = ask(url, "{ __schema { types { name fields { name } } } }")
    yield "introspection", data_of(text) is not None, False
    form = urllib.parse.urlencode({"query": "{ __typename }"})
    status, text = ask(url, body=form, kind="application/x-www-form-urlencoded")
    yield "form-encoded POST", data_of(text) is not None, False
    status, text = ask(url, body=json.dumps({"query": "{ __typename }"}), kind="text/plain")
    yield "plain-text POST", data_of(text) is not None, False
    status, text = ask(url, "{ __typename }")
    yield "tracing", "tracing" in text.lower(), False
    status, text = ask(url, "qwerty cop { abc }")
    yield "unhandled errors", "exception" in text.lower() or status >= 500, False


def main():
    wrong = []
    count = 0
    with Server(sys.argv[1], INTROSPECTION="off") as server:
        for name, is_open, is_meant in checks(server.graphql):
            count += 1
            if is_open != is_meant:
                wrong.append(f"{name}: {'open' if is_open else 'closed'}")
        wrong += server.stop()
    for line in wrong:
        print(f"graphql-cop: {line}", file=sys.stderr)
    print(f"graphql-cop: {count} checks, {len(wrong)} otherwise than meant")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
