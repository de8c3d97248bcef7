"""What schemathesis does not know by itself: who asks, how the schema's scalars are written, and what is a fault."""

import json
import os
import subprocess

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

import contract

# Well-formed more often than not: what is malformed is refused before anything interesting happens.
odd = st.text(max_size=40)
names = st.sampled_from(["ana", "bo.li", "x+y", "ö"])
emails = st.builds("{}@{}".format, names, st.sampled_from(["example.com", "example.org", "localhost"]))
urls = st.builds("http://{}/{}".format, st.sampled_from(["127.0.0.1:1", "example.com", "[::1]"]), names)
schemathesis.graphql.scalar("EmailAddress", (emails | emails | odd).map(nodes.String))
schemathesis.graphql.scalar("URL", (urls | urls | odd).map(nodes.String))
schemathesis.graphql.scalar("UnitInterval", st.floats(0, 1).map(nodes.Float) | st.floats(-2, 2).map(nodes.Float))
# A file can only be a part of a multipart request; anything else must be refused.
schemathesis.graphql.scalar("Upload", odd.map(nodes.String))


@schemathesis.auth(refresh_interval=600)
class Recruiter:
    """Signs in by the command beside the server; its tokens are good for 15 minutes."""

    def get(self, case, context):
        command = [os.environ["SHORTLIST"], "token", "--email", "schemathesis@example.com"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd="/")
        return json.loads(done.stdout)["accessToken"]

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.check
def keeps_the_contract(ctx, response, case):
    contract.check(response.status_code, response.content)
