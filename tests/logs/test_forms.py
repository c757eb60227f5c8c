"""A marked value is found however a log writes it, and nothing else is taken for one."""

import base64
import codecs
import gzip
import hashlib
import html
import json
import random
import string
import urllib.parse
import zlib
from collections.abc import Callable, Iterator

import pytest

from launchready.collect.log_search.forms import forms
from launchready.collect.log_search.marks import Finds, Mark, card, needles, own, password, token
from launchready.collect.log_search.needles import lines_of

Write = Callable[[str], str | bytes]


def dumped(text: str) -> str:
    return json.dumps(text)[1:-1]


WRITTEN: dict[str, Write] = {
    "as it stands": lambda t: t,
    "json": dumped,
    "json in json": lambda t: dumped(dumped(t)),
    "json in json in json": lambda t: dumped(dumped(dumped(t))),
    "url": lambda t: urllib.parse.quote(t, safe=""),
    "form": urllib.parse.quote_plus,
    "url twice": lambda t: urllib.parse.quote(urllib.parse.quote(t, safe=""), safe=""),
    "url in json": lambda t: dumped(urllib.parse.quote(t, safe="")),
    "html": html.escape,
    "python": repr,
    "upper case": str.upper,
    "lower case": str.lower,
    "reversed": lambda t: t[::-1],
    "rot13": lambda t: codecs.encode(t, "rot13"),
    "base64": lambda t: base64.b64encode(t.encode()),
    "base64url": lambda t: base64.urlsafe_b64encode(t.encode()),
    "base64 twice": lambda t: base64.b64encode(base64.b64encode(t.encode())),
    "base64 in lines": lambda t: base64.encodebytes(("x" * 40 + t).encode()),
    "base32": lambda t: base64.b32encode(t.encode()),
    "base85": lambda t: base64.b85encode(t.encode()),
    "ascii85": lambda t: base64.a85encode(t.encode()),
    "hex": lambda t: t.encode().hex(),
    "HEX": lambda t: t.encode().hex().upper(),
    "hex dump": lambda t: t.encode().hex(" "),
    "hex in base64": lambda t: base64.b64encode(t.encode().hex().encode()),
    "base64 in hex": lambda t: base64.b64encode(t.encode()).hex(),
    "\\x": lambda t: "".join(f"\\x{each:02x}" for each in t.encode()),
    "percent": lambda t: "".join(f"%{each:02X}" for each in t.encode()),
    "octal": lambda t: "".join(f"\\{each:03o}" for each in t.encode()),
    "quoted-printable": lambda t: "".join(f"={each:02X}" for each in t.encode()),
    "unicode escapes": lambda t: "".join(f"\\u{ord(each):04x}" for each in t),
    "html numbers": lambda t: "".join(f"&#{ord(each)};" for each in t),
    "list of bytes": lambda t: str(list(t.encode())),
    "list without blanks": lambda t: json.dumps(list(t.encode()), separators=(",", ":")),
    "binary": lambda t: " ".join(f"{each:08b}" for each in t.encode()),
    "spelt": " ".join,
    "list of letters": lambda t: json.dumps(list(t)),
    "utf-16": lambda t: t.encode("utf-16-le"),
    "utf-16 in base64": lambda t: base64.b64encode(t.encode("utf-16-le")),
    "gzip": lambda t: base64.b64encode(gzip.compress(t.encode() * 3)),
    "gzip, cut off": lambda t: base64.b64encode(gzip.compress((t * 3).encode()))[:-16],
    "gzip in hex": lambda t: gzip.compress(t.encode() * 3).hex(),
    "zlib": lambda t: base64.b64encode(zlib.compress(t.encode() * 3)),
    "gzip, escaped": lambda t: urllib.parse.quote(base64.b64encode(gzip.compress(t.encode() * 3)), safe=""),
    "two lines": lambda t: t[:20] + "\n2030-01-01 INFO " + t[20:],
    "beginning": lambda t: t[: t.index("Mark=") + 5 + 9] + "…",
}


def lines(write: Write, value: str, before: str) -> bytes:
    written = write(f"{before}Mark={value}; and more")
    raw = written.encode() if isinstance(written, str) else written
    return b"2030-01-01 INFO begin\n2030-01-01 DEBUG " + raw + b"\n2030-01-01 INFO end\n"


def found(data: bytes, *marks: Mark) -> Finds:
    finds = Finds()
    for hit in needles(marks).in_blocks([data]):
        finds.take("app.log", "app.log.1", hit)
    return finds


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_password_is_found_in_every_encoding_wherever_it_begins(write: Write) -> None:
    mark = password("login")
    looked_for = needles([mark])
    for before in ("", "a", "ab", "abc", "abcd"):
        data = lines(write, mark.value, before)
        hits = [hit.name[0] for hit in looked_for.in_blocks([data])]
        assert mark in hits


def test_there_are_twenty_eight_encodings_and_more() -> None:
    assert len(set(forms("Ab3Ab3Ab3Ab3").values())) >= 28
    assert len(WRITTEN) >= 40


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("encode", ["hex", "base64"])
def test_a_plain_hash_of_a_password_is_found_and_of_a_token_is_fine(name: str, encode: str) -> None:
    for mark, leaks in ((password("login"), 1), (token("session cookie", "headers"), 0)):
        digest = hashlib.new(name, mark.value.encode()).digest()
        text = digest.hex().encode() if encode == "hex" else base64.b64encode(digest)
        assert len(found(b"check " + text + b"\n", mark).leaks()) == leaks


@pytest.mark.parametrize(
    "shown",
    [lambda t: t[:2] + "***" + t[-2:], lambda t: t[:6] + "…", lambda t: "*" * len(t), lambda t: str(len(t))],
)
def test_what_only_hints_at_a_password_is_no_leak(shown: Callable[[str], str]) -> None:
    mark = password("login")
    assert found(f"password={shown(mark.value)}\n".encode(), mark).leaks() == ()


def test_the_beginning_of_a_token_is_shown_on_purpose_and_all_of_it_is_not() -> None:
    mark = token("bearer token", "headers")
    assert found(f"token {mark.value[:16]}… used\n".encode(), mark).leaks() == ()
    (leak,) = found(f"token {mark.value} used\n".encode(), mark).leaks()
    assert (leak.kind, leak.log, leak.field, leak.file, leak.line) == (
        "bearer token",
        "app.log",
        "headers",
        "app.log.1",
        1,
    )


def test_a_card_is_found_in_groups_and_by_most_of_its_digits_and_not_by_its_last_four() -> None:
    mark = card("odd JSON")
    digits = mark.value
    assert (
        sum(sum(divmod(int(each) * (1 + at % 2), 10)) for at, each in enumerate(reversed(digits))) % 10 == 0
    )
    grouped = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    for text in (digits, grouped, digits[:12] + "****"):
        assert found(f"card {text}\n".encode(), mark).leaks()
    assert found(f"card {digits[:6]}******{digits[-4:]}\n".encode(), mark).leaks() == ()


@pytest.mark.parametrize(
    ("write", "view"),
    [
        ("json", "json"),
        ("url", "url"),
        ("html", "html"),
        ("json in json", "json in json"),
        ("as it stands", ""),
    ],
)
def test_it_is_told_how_the_value_was_written(write: str, view: str) -> None:
    mark = password("login")
    (leak,) = found(lines(WRITTEN[write], mark.value, ""), mark).leaks()
    assert (leak.view, leak.line, leak.count) == (view, 2, 1)


def test_one_way_of_holding_a_value_is_one_leak_however_often() -> None:
    mark = password("login")
    (leak,) = found(f"a {mark.value} b\n".encode() * 40, mark).leaks()
    assert (leak.line, leak.count) == (1, 40)


def test_an_own_password_that_might_be_any_word_is_not_looked_for() -> None:
    assert own("password", "sign-in of nora", "harbour") is None
    assert own("password", "sign-in of nora", "nora-harbour-777") is not None


def test_no_repr_shows_what_is_looked_for() -> None:
    mark = password("login")
    assert mark.value[:8] not in repr((mark, found(mark.value.encode(), mark).leaks()))


def test_random_ids_and_digests_hold_no_mark() -> None:
    lot = random.Random(7)
    marks = [password("login"), token("token", "headers"), card("odd JSON")]
    text = "\n".join(
        " ".join(
            (
                lot.randbytes(16).hex(),
                base64.b64encode(lot.randbytes(48)).decode(),
                str(lot.randrange(10**15, 10**16)),
            )
        )
        for _ in range(3000)
    )
    assert found(text.encode(), *marks).leaks() == ()


def test_a_stream_cut_anywhere_gives_the_same_hits() -> None:
    mark = password("login")
    text = b"".join(f"line {n} {mark.value if n % 7 == 0 else ''}\n".encode() for n in range(100))
    whole = [(hit.line, hit.name[1]) for hit in needles([mark]).in_blocks([text])]
    assert len(whole) == 30
    for size in (1, 17, 400):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert [(hit.line, hit.name[1]) for hit in needles([mark]).in_blocks(pieces)] == whole


def blocks(lot: random.Random, mark: Mark) -> Iterator[bytes]:
    """One endless line, with the mark across the border of two blocks now and then."""
    letters = string.ascii_lowercase.encode()
    for n in range(12):
        block = bytes(lot.choices(letters, k=1000)) * 1048
        value = mark.value.encode()
        yield (value[10:] if n % 3 == 1 else b"") + block + (value[:10] if n % 3 == 0 else b"")


def test_a_line_without_an_end_is_searched_in_the_same_space_and_each_hit_is_told_once() -> None:
    mark = token("token", "headers")
    hits = [hit.name[1] for hit in needles([mark]).in_blocks(blocks(random.Random(1), mark))]
    assert hits == [0, 1] * 4
    assert max(len(text) for text, _ in lines_of(blocks(random.Random(1), mark))) < 7_000_000
