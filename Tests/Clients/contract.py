"""What every answer of `/graphql` must keep, whatever was asked."""

import json

CODES = {
    "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "UNAUTHENTICATED", "NOT_FOUND", "CONFLICT",
    "RATE_LIMITED", "QUOTA_EXCEEDED", "QUERY_TOO_COMPLEX", "UNAVAILABLE",
}


def check(status, body):
    """Fails where an answer tells of a fault of the server, or is none of GraphQL. Gives the answer."""
    assert status < 500, f"status {status}: {body[:500]!r}"
    try:
        answer = json.loads(body)
    except ValueError:
        raise AssertionError(f"status {status}, and no JSON: {body[:500]!r}") from None
    assert isinstance(answer, dict) and ("data" in answer or answer.get("errors")), f"no answer: {body[:500]!r}"
    for error in answer.get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code in CODES, f"an error has the code {code}: {body[:1000]!r}"
        assert error["message"], f"an error says nothing: {body[:1000]!r}"
    return answer


def succeeded(response):
    """The data of an answer without errors."""
    answer = check(response.status_code, response.content)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]
