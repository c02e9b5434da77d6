"""A host with as many feeds as one likes, each 100 ms away: `python -m benchmarks.slow_host TAG`.

A process of its own, so that its work is not counted as ours. Says its port, ends with its input.
"""

import asyncio
import sys

SECONDS = 0.1
ENTRIES, TAGGED = 10, 3
ITEM = """<item><guid>{name}</guid><title>Publication {name}</title>
<link>http://127.0.0.1/{name}</link><pubDate>Sat, 14 Nov 2026 09:30:00 +0100</pubDate>
<description>&lt;p&gt;Four ouvert samedi, miches et brioches. {tag}&lt;/p&gt;</description>
</item>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Source {path}</title>
<link>http://127.0.0.1/</link>{items}</channel></rss>"""


def feed(path: str, tag: str) -> bytes:
    """A feed of ten entries, three of which bear the hashtag."""
    names = [f"{path}-{number}" for number in range(ENTRIES)]
    items = (
        ITEM.format(name=name, tag=f"#{tag}" if number < TAGGED else "")
        for number, name in enumerate(names)
    )
    return FEED.format(path=path, items="".join(items)).encode()


async def main(tag: str) -> None:
    """Answer until nobody is there any more."""

    async def answer(reader, writer):
        request = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(SECONDS)
        body = feed(request.split()[1].decode().strip("/"), tag)
        head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
