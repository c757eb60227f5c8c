"""Which HTTP client the wire stands on: the same small pages over TLS on loopback, in turns, in one run.

Prints pages a second and, as machines differ, medians of the ratios to aiohttp within each round. The server runs in a
process of its own and is the same for all.
"""

import asyncio
import multiprocessing
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
import trustme

PAGES = 600
AT_ONCE = 8
ROUNDS = 7
BODY = b"<!doctype html><title>A page</title>" + b"<p>Some words of a page.</p>" * 280  # some 8 kB


def serve(pipe: Connection, certificate: str) -> None:
    """Answer every request on kept connections, until the process is ended."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def together(get: Callable[[str], Awaitable[int]], root: str) -> None:
    """All pages, so many at once."""
    urls = iter([f"{root}/{number}" for number in range(PAGES)])

    async def work() -> None:
        for url in urls:
            assert await get(url) == len(BODY)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def with_aiohttp(root: str, authority: str) -> None:
    """One session of aiohttp."""
    context = ssl.create_default_context(cafile=authority)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:

        async def get(url: str) -> int:
            async with session.get(url) as answer:
                return len(await answer.read())

        await together(get, root)


async def with_httpx(root: str, authority: str) -> None:
    """The asynchronous client of httpx."""
    import httpx

    async with httpx.AsyncClient(verify=ssl.create_default_context(cafile=authority)) as client:

        async def get(url: str) -> int:
            return len((await client.get(url)).content)

        await together(get, root)


async def with_niquests(root: str, authority: str) -> None:
    """The asynchronous session of niquests."""
    import niquests

    async with niquests.AsyncSession(pool_maxsize=AT_ONCE) as session:

        async def get(url: str) -> int:
            return len((await session.get(url, verify=authority)).content or b"")

        await together(get, root)


def seconds(client: Callable[[str, str], Awaitable[None]], root: str, authority: str) -> float:
    """How long one client takes for all pages, its start included."""

    async def run() -> None:
        await client(root, authority)

    begun = time.perf_counter()
    asyncio.run(run())
    return time.perf_counter() - begun


def main() -> None:
    """Measure in turns and print medians."""
    clients = {"aiohttp": with_aiohttp, "httpx": with_httpx, "niquests": with_niquests}
    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as folder:
        trusted, own = str(Path(folder) / "ca.pem"), str(Path(folder) / "server.pem")
        authority.cert_pem.write_to_path(trusted)
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(own)
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, own), daemon=True)
        server.start()
        root = f"https://127.0.0.1:{ours.recv()}"
        took: dict[str, list[float]] = {name: [] for name in clients}
        for _ in range(ROUNDS):
            for name, client in clients.items():
                took[name].append(seconds(client, root, trusted))
        server.terminate()
        server.join()
    for name, times in took.items():
        ratio = statistics.median(mine / base for mine, base in zip(times, took["aiohttp"], strict=True))
        print(
            f"{name:9} {PAGES / statistics.median(times):6.0f} pages/s   {ratio:5.2f} x the time of aiohttp"
        )


if __name__ == "__main__":
    sys.exit(main())
