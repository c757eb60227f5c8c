"""How a text reads on each of the surfaces where secrets leak; what each takes is a few lines of settings."""

import base64
import gzip
import html
import json
import quopri
import re
from collections.abc import Callable
from urllib.parse import quote

_NOISE = "2026-11-26 09:14:0{} INFO request {} finished in 12 ms for customer 4711\n"


def _log(line: str) -> bytes:
    around = "".join(_NOISE.format(number, number * 7919) for number in range(5))
    return f"{around}{line}\n{around}".encode()


def _literal(text: str) -> str:
    return json.dumps(text)


def _halves(text: str) -> str:
    """Each long word as two literals put together."""
    return re.sub(r"\S{24,}", lambda match: match[0][:9] + '" + "' + match[0][9:], text)


def environment(text: str) -> bytes:
    return f"# settings\nPORT=3000\n{text}\nDEBUG=false\n".encode()


def script(text: str) -> bytes:
    return f"!function(){{'use strict';var e={{port:3e3,settings:{_literal(text)},retry:!0}};t.boot(e)}}();".encode()


def next_data(text: str) -> bytes:
    state = json.dumps({"props": {"pageProps": {"env": text}}, "page": "/"})
    return f'<html><script id="__NEXT_DATA__" type="application/json">{state}</script></html>'.encode()


def source_map(text: str) -> bytes:
    source = f"export const settings = {_literal(text)};\n"
    return json.dumps(
        {"version": 3, "sources": ["src/env.ts"], "sourcesContent": [source], "mappings": "AAAA"}
    ).encode()


def inline_source_map(text: str) -> bytes:
    packed = base64.b64encode(source_map(text)).decode()
    return (
        f"console.log(1)\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,{packed}\n".encode()
    )


def data_attribute(text: str) -> bytes:
    return f'<div id="app" data-state="{html.escape(json.dumps({"env": text}))}"></div>'.encode()


def error_page(text: str) -> bytes:
    rows = f'<tr><td>settings</td><td class="code"><pre>{html.escape(repr(text))}</pre></td></tr>'
    return f'<!doctype html><h1>KeyError at /orders</h1><table class="vars">{rows}</table>'.encode()


def error_answer(text: str) -> bytes:
    return json.dumps(
        {"error": "Internal Server Error", "detail": f"cannot connect with {text}", "status": 500}
    ).encode()


def exposed_page(text: str) -> bytes:
    return (
        f'<table><tr><td class="e">settings</td><td class="v">{html.escape(text)}</td></tr></table>'.encode()
    )


def access_log(text: str) -> bytes:
    return (
        f'10.0.0.7 - - [26/Nov/2026:09:14:02 +0000] "GET /hook?settings={quote(text, safe="")}&retry=1 HTTP/1.1" 200 12 "-" "curl/8"\n'
    ).encode()


def json_lines(text: str) -> bytes:
    return _log(json.dumps({"level": "error", "msg": f"upstream said {text}", "service": "portal"}))


def json_in_json(text: str) -> bytes:
    return _log(json.dumps({"level": "info", "body": json.dumps({"settings": text})}))


def address_in_json(text: str) -> bytes:
    return _log(json.dumps({"url": "https://portal.harbour-prod.com/hook?settings=" + quote(text, safe="")}))


def base64_line(text: str) -> bytes:
    return _log("payload=" + base64.b64encode(f"start {text} end".encode()).decode())


def base64_glued(text: str) -> bytes:
    return _log(
        "GET /relay/x" + base64.urlsafe_b64encode(f"start {text} end".encode()).decode().rstrip("=") + " 200"
    )


def packed_line(text: str) -> bytes:
    return _log("body " + base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode())


def hex_line(text: str) -> bytes:
    return _log("raw " + f"start {text} end".encode().hex())


def utf16(text: str) -> bytes:
    return f"settings\r\n{text}\r\nend\r\n".encode("utf-16")


def utf16_inside(text: str) -> bytes:
    return b"\x01\x02SQLite\x00\x10\x00" + text.encode("utf-16-be") + b"\x00\x00\xff\xfe\x01"


def joined(text: str) -> bytes:
    lines = " +\n    ".join(_halves(_literal(line + "\n")) for line in text.splitlines())
    return f"const settings =\n    {lines};\n".encode()


def soft_wrapped(text: str) -> bytes:
    line = f"2026-11-26 09:14:02 ERROR cannot reach upstream with {_literal(text)}"
    return _log("\n".join(line[at : at + 80] for at in range(0, len(line), 80)))


def mail(text: str) -> bytes:
    return b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(
        f"Hello,\n{text}\n".encode()
    )


def twice_in_address(text: str) -> bytes:
    return f"GET /login?next={quote('/hook?settings=' + quote(text, safe=''), safe='')} HTTP/1.1\n".encode()


def dump(text: str) -> bytes:
    return f"INSERT INTO settings VALUES (1,'env','{text}',NULL),(2,'theme','dark',NULL);\n".encode()


SURFACES: dict[str, Callable[[str], bytes]] = {
    each.__name__: each
    for each in (
        environment, script, next_data, source_map, inline_source_map, data_attribute, error_page, error_answer,
        exposed_page, access_log, json_lines, json_in_json, address_in_json, base64_line, base64_glued, packed_line,
        hex_line, utf16, utf16_inside, joined, soft_wrapped, mail, twice_in_address, dump,
    )
}  # fmt: skip
