"""Clients that are slow, broken off, or no HTTP at all: each kind is one function, which misbehaves and leaves."""

import asyncio
import contextlib
import random
import socket
import struct

SLOWEST = 12


async def half_open(reader, writer, token):
    """Says nothing."""
    await asyncio.sleep(random.uniform(1, SLOWEST))


async def header_drip(reader, writer, token):
    """Sends a header byte by byte, and leaves before its end."""
    for byte in f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: {'x' * random.randint(0, 40)}".encode():
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(random.uniform(0, 0.3))


async def slow_request(reader, writer, token):
    """A whole request, in pieces: this one is answered."""
    body = b'{"query": "{ __typename }"}'
    head = f"POST /graphql HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    for byte in head.encode() + body:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.02)
    answer = await asyncio.wait_for(reader.readline(), 30)
    assert b" 200 " in answer, f"a slow request is answered {answer!r}"


async def broken_body(reader, writer, token):
    """Leaves in the middle of the body."""
    head = f"POST /graphql HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Length: 900000\r\n\r\n".encode() + b'{"query": "' + b" " * random.randint(0, 200_000))
    await writer.drain()


async def broken_upload(reader, writer, token):
    """Leaves in the middle of a file."""
    start = (
        b'--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query": "mutation ($input: '
        b'UploadResumesInput!) { uploadResumes(input: $input) { job { id } } }", "variables": {"input": {"jobId": '
        b'"x", "files": [null]}}}\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n'
        b'{"0": ["variables.input.files.0"]}\r\n--b\r\nContent-Disposition: form-data; name="0"; '
        b'filename="cut.txt"\r\nContent-Type: text/plain\r\n\r\n'
    )
    head = f"POST /graphql HTTP/1.1\r\nHost: l\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n".encode())
    writer.write(start)
    for _ in range(random.randint(0, 8)):
        writer.write(b"A resume that never ends. " * 4000)
        await writer.drain()
        await asyncio.sleep(0.1)


async def left_waiting(reader, writer, token):
    """Asks for what takes long, and does not wait for it."""
    query = "/graphql?query=%7B%20jobs(first%3A%2010)%20%7B%20nodes%20%7B%20id%20lastUpdatedAt%20%7D%20%7D%20%7D"
    head = f"GET {query} HTTP/1.1\r\nHost: l\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n"
    writer.write(f"{head}If-None-Match: \"none\"\r\nPrefer: wait=20\r\n\r\n".encode())
    await writer.drain()
    await asyncio.sleep(random.uniform(0, 3))


async def deaf(reader, writer, token):
    """Asks again and again without reading an answer."""
    request = b"GET /schema.graphql HTTP/1.1\r\nHost: l\r\n\r\n"
    try:
        async with asyncio.timeout(random.uniform(1, 6)):
            while True:
                writer.write(request * 20)
                await writer.drain()
    except TimeoutError:
        pass


async def noise(reader, writer, token):
    """Sends what is no HTTP."""
    writer.write(random.randbytes(random.randint(1, 4000)) + b"\r\n\r\n")
    await writer.drain()
    await asyncio.wait_for(reader.read(1000), 20)


KINDS = (half_open, header_drip, slow_request, broken_body, broken_upload, left_waiting, deaf, noise)


async def misbehave(host, port, token, tally, stop):
    """One rude client after another, until `stop` is set."""
    while not stop.is_set():
        kind = random.choice(KINDS)
        try:
            reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 20)
        except (OSError, TimeoutError) as error:
            tally.fault(f"a new connection is refused: {error!r}")
            await asyncio.sleep(1)
            continue
        try:
            await kind(reader, writer, token())
        except (OSError, EOFError):  # the server may have had enough
            pass
        except (AssertionError, TimeoutError) as error:
            tally.fault(f"{kind.__name__}: {error!r}")
        if random.random() < 0.5:  # leaves without a word: the server's next write meets a reset
            with contextlib.suppress(OSError):  # closed already
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # A close would wait until the server has read what was sent, which may be never.
        writer.transport.abort()
        tally.done(f"rude: {kind.__name__}")
        await asyncio.sleep(random.uniform(0, 0.5))
