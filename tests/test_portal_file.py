"""Reading launchready.toml: every fault has its line and a sentence, and no value is ever repeated."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from launchready.errors import PortalFileError
from launchready.site import Site, read_site
from launchready.site.portal_file import LARGEST, read_portal_file
from launchready.site.reference import example as example_of
from launchready.site.reference import markdown, sections
from launchready.site.toml_positions import Place, positions

TODAY = date(2026, 11, 24)
PORTAL = '[portal]\nurl = "https://portal.example.com/"\n'


@pytest.fixture
def portal_file(tmp_path: Path) -> Callable[..., Site]:
    """Write a portal file and read it."""

    def read(text: str | bytes, name: str = "launchready.toml") -> Site:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_portal_file(path, Site, TODAY)

    return read


@pytest.fixture
def faults(portal_file: Callable[..., Site], tmp_path: Path) -> Callable[[str], list[str]]:
    """What is said about a portal file, without the path in front."""

    def said(text: str) -> list[str]:
        with pytest.raises(PortalFileError) as caught:
            portal_file(text)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None or caught.value.__suppress_context__
        return str(caught.value).replace(f"{tmp_path}/launchready.toml:", "").split("\n")

    return said


def test_the_smallest_file(portal_file: Callable[..., Site]) -> None:
    site = portal_file('[portal]\nurl = "https://Portal.Example.COM"\n')
    assert site == Site.from_url("portal.example.com")
    assert site.portal.url == "https://portal.example.com/"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[portal]\nnmae = "x"\nurl = "https://a.example"',
            "2: [portal] has no key `nmae`; did you mean `name`?",
        ),
        ('[portal]\nulr = "https://a.example"', "2: [portal] has no key `ulr`; did you mean `url`?"),
        (PORTAL + "limit = 3", "3: [portal] has no key `limit`; did you mean `limit` in [crawl]?"),
        ('nmae = "x"\n' + PORTAL, "1: `nmae` stands outside any section; did you mean `name` in [portal]?"),
        (PORTAL + "[scpoe]\nactive = true", "3: there is no section [scpoe]; did you mean [scope]?"),
        (PORTAL + "[[mailbx]]\na = 1", "3: there is no section [mailbx]; did you mean [[mailbox]]?"),
        (PORTAL + '[crawl]\n\nlimit = "5"', "5: [crawl] `limit` must be a whole number, not text"),
        (PORTAL + "[crawl]\nlimit = true", "4: [crawl] `limit` must be a whole number, not true or false"),
        (PORTAL + "[crawl]\nlimit = 5.0", "4: [crawl] `limit` must be a whole number"),
        (PORTAL + "[crawl]\ntimeout = inf", "4: [crawl] `timeout` must be a finite number"),
        (PORTAL + "[crawl]\ntimeout = -1", "4: [crawl] `timeout` must be more than 0"),
        (PORTAL + "[crawl]\nconcurrency = 1000", "4: [crawl] `concurrency` must be at most 64"),
        (PORTAL + "plain_http_port = 65536", "3: [portal] `plain_http_port` must be at most 65,535"),
        (
            PORTAL + "[scope]\nactive = 'yes'",
            "4: [scope] `active` must be true or false, without quotes, not text",
        ),
        (
            PORTAL + 'hosts = "www.example.com"',
            '3: [portal] `hosts` must be a list in square brackets, such as ["a", "b"], not text',
        ),
        (
            PORTAL + 'hosts = [\n "www.example.com",\n "https://api.example.com"]',
            "5: [portal] `hosts`, entry 2 must be a bare host name such as portal.example.com, without",
        ),
        (PORTAL + "hosts = [1]", "3: [portal] `hosts`, entry 1 must be text in quotes, not a whole number"),
        (
            PORTAL + 'redirects = [{ from = "/old", to = "https://portal.example.com/" }]',
            "3: [portal] `redirects`, entry 1 `from` must be a whole address that begins with https://",
        ),
        (
            PORTAL + 'redirects = [\n{ from = "http://a.example", too = "https://b.example" }]',
            "4: [portal] `redirects`, entry 1 has no key `too`; did you mean `to`?",
        ),
        (
            PORTAL + 'redirects = [{ from = "http://a.example", to = "http://a.example/" }]',
            "3: [portal] `redirects`, entry 1 `to` must not be the same address as `from`",
        ),
        (
            PORTAL + '[scope]\naddresses = ["10.0.0.5/24"]',
            "4: [scope] `addresses`, entry 1 must be a range that begins where it says; did you mean 10.0.",
        ),
        (
            PORTAL + '[scope]\naddresses = ["10.0.0.0/33"]',
            "4: [scope] `addresses`, entry 1 must be an IP address or a range such as 10.0.0.0/24",
        ),
        (
            PORTAL + "[scope]\nexpires = 2026-11-23",
            "4: [scope] `expires` ended on 2026-11-23: ask for a new permission, then write its last day",
        ),
        (
            PORTAL + "[scope]\nactive = true",
            "4: [scope] `active` is true, so `authorised_by` must name the person who allowed it",
        ),
        (
            PORTAL + '[scope]\nexpires = "2030-01-01"',
            "4: [scope] `expires` must be a date without quotes, such as 2030-12-31, not text",
        ),
        (
            PORTAL + '[[waiver]]\ncheck = "https/hsts"\nsubject = "*"\nowner = "Ada"\nreason = "old app"',
            "3: [[waiver]] needs `until`: the last day on which it counts, such as 2030-12-31",
        ),
        (
            PORTAL + '[[identity]]\nname = "a"\n[[identity]]\nname = "a"',
            "6: [[identity]] `name` must differ from every other name; this one is taken",
        ),
        (
            PORTAL + '[[flow]]\nname = "f"\nidentity = "who"\nsteps = [{ open = "/" }]',
            "5: [[flow]] `identity` must be the name of one [[identity]] of this file",
        ),
        (
            PORTAL + '[[mail]]\nkind = "invite"\nidentity = "who"',
            "5: [[mail]] `identity` must be the name of one [[identity]] of this file",
        ),
        (
            PORTAL + '[[mail]]\nkind = "invite"\nto = ["gmail"]',
            "5: [[mail]] `to` must be names of [[mailbox]] sections of this file",
        ),
        (
            PORTAL + '[[mail]]\nkind = "invite"\nrequest = "/api/invites"',
            "5: [[mail]] `request` must be a method and a place, such as POST /api/v1/invitations",
        ),
        (
            PORTAL + '[[mail]]\nkind = "invite"\nbody = "a=b"',
            '5: [[mail]] `body` needs a `request` beside it, such as "POST /api/v1/invitations"',
        ),
        (
            PORTAL + '[[identity]]\nname="ada"\n[[flow]]\nname="f"\nsteps = [{open="/"}]\nidentity = "add"',
            "8: [[flow]] `identity` must be the name of one [[identity]] of this file; did you mean `ada`?",
        ),
        (
            PORTAL + '[login]\nrecipe = [{ open = "/", click = "Go" }]',
            "4: [login] `recipe`, entry 1 must do exactly one thing: open, fill, click, press or expect",
        ),
        (
            PORTAL + '[[mailbox]]\nname = "m"\naddress = "a@b.example"\nprovider = "gmial"',
            '6: [[mailbox]] `provider` must be one of "gmail", "outlook", "apple", "imap"; did you mean "gm',
        ),
        (PORTAL + '[identity]\nname = "a"', "3: [[identity]] needs double brackets"),
        (PORTAL + "[[edge]]", "3: [edge] must be a single section, in single brackets"),
        ("", "1: the section [portal] is missing"),
        ("portal = 5", "1: [portal] must be a single section"),
        (
            PORTAL + '[tls]\nextra_ca = ["gone.pem"]',
            "4: [tls] `extra_ca`, entry 1 must be a path that exists",
        ),
        (PORTAL + "identities = []", "3: [portal] has no key `identities`"),
        ("identities = []\n" + PORTAL, "1: `identities` stands outside any section"),
        (PORTAL + '"a\\nb\\u001b[31m" = 1', r"3: [portal] has no key `a\nb\x1b[31m`"),
        (
            '[portal]\nurl = "https://a.example/"\nowner = "  "\nname = " "',
            "4: [portal] `name` must not be empty",
        ),
        ("[portal]\nurl = https://a.example", '2: this is not valid TOML: there is no valid value after "="'),
        (PORTAL + 'owner = "a"\nowner = "b"', "4: this is not valid TOML: this key is there already"),
        (PORTAL + "[portal]", "3: this is not valid TOML: [portal] is there already, further up"),
        (PORTAL + "owner", '3: this is not valid TOML: there is no "=" after the key'),
        (PORTAL + 'owner = """never\nclosed\n', "4: this is not valid TOML: unterminated string"),
    ],
)  # fmt: skip
def test_one_fault_is_one_sentence_with_its_line(
    faults: Callable[[str], list[str]], text: str, sentence: str
) -> None:
    (said,) = faults(text)
    assert said.startswith(sentence)


def test_all_faults_are_told_at_once_in_their_order(faults: Callable[[str], list[str]]) -> None:
    said = faults(
        '[crawl]\ndepth = -1\n[portal]\nurl = "ftp://a.example"\nhosts = ["*.example.com", "a b"]\n'
    )
    assert [line.partition(":")[0] for line in said] == ["2", "4", "5", "5"]


@pytest.mark.parametrize("key", ["password", "totp", "token", "cookie", "storage_state"])
@pytest.mark.parametrize(
    "value", ["{secret}", "env:{secret} ", "$PORTAL_{secret}", "keyring:{secret}", "file:"]
)
def test_a_literal_secret_is_refused_and_never_repeated(
    faults: Callable[[str], list[str]], key: str, value: Any
) -> None:
    secret = "hunter2-" * 2
    (said,) = faults(
        f'{PORTAL}[[identity]]\nname = "a"\nusername = "a"\n{key} = "{value.format(secret=secret)}"\n'
    )
    assert said.startswith(f"6: [[identity]] `{key}` must not be the secret itself; write where it is kept: ")
    assert secret not in said


@pytest.mark.parametrize("value", ["12345678", "['hunter22']", "{ a = 'hunter22' }", "true"])
def test_a_secret_of_another_type_is_not_repeated_either(
    faults: Callable[[str], list[str]], value: Any
) -> None:
    (said,) = faults(f"{PORTAL}[edge]\ntoken = {value}\n")
    assert said.startswith("4: [edge] `token` must be text in quotes that says where the secret is kept")
    assert "hunter22" not in said
    assert "12345678" not in said


def test_a_login_step_holds_no_secret(
    faults: Callable[[str], list[str]], portal_file: Callable[..., Site]
) -> None:
    step = '[login]\nrecipe = [{{ fill = "Password", value = "{}" }}]\n'
    (said,) = faults(PORTAL + step.format("hunter22"))
    assert said.startswith("4: [login] `recipe`, entry 1 `value` must be {password} or {totp}")
    assert portal_file(PORTAL + step.format("{password}")).login.recipe[0].value == "{password}"


def test_files_that_are_no_portal_files(portal_file: Callable[..., Site]) -> None:
    for text, said in (
        (b"\xff\xfe[\x00", ":1: this line is not UTF-8"),
        (PORTAL.encode() + b'owner = "\xe4"', ":3: this line is not UTF-8"),
        (b"#" * (LARGEST + 1), "is larger than"),
        ("a = " + "[" * 5000 + "]" * 5000, "stand too deep inside each other"),
        ("a = " + "1" * 5000, "a number in it has too many digits"),
    ):
        with pytest.raises(PortalFileError, match=re.escape(said)):
            portal_file(text)


def test_places_that_are_no_portal_files(tmp_path: Path) -> None:
    with pytest.raises(PortalFileError, match="is a folder, not a portal file; `launchready init`"):
        read_site(str(tmp_path))
    with pytest.raises(PortalFileError, match="there is no file"):
        read_portal_file(tmp_path / "none.toml", Site, TODAY)
    (tmp_path / "launchready.toml").write_text(PORTAL)
    with pytest.raises(
        PortalFileError, match=r"is a folder, not a portal file; did you mean .*/launchready\.toml\?"
    ):
        read_site(str(tmp_path))
    with pytest.raises(PortalFileError, match="is not an ordinary file"):
        read_portal_file(Path("/dev/null"), Site, TODAY)


def test_windows_line_ends_and_byte_order_mark(
    portal_file: Callable[..., Site], faults: Callable[[str], list[str]]
) -> None:
    text = PORTAL.replace("\n", "\r\n") + 'owner = "Zoë"\r\n'
    assert portal_file(b"\xef\xbb\xbf" + text.encode()).portal.owner == "Zoë"
    assert faults(text + "nmae = 1\r\n") == ["4: [portal] has no key `nmae`; did you mean `name`?"]


def test_paths_count_from_the_folder_of_the_file(
    tmp_path: Path, portal_file: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("x")
    monkeypatch.chdir("/")
    site = portal_file(
        PORTAL + '[tls]\nextra_ca = ["ca.pem"]\n[logs]\npaths = ["log/*.log"]\n[repo]\npath = "."\n'
        '[[identity]]\nname = "a"\nusername = "a"\npassword = "file:secret.txt"\n'
    )
    assert site.tls.extra_ca == (tmp_path / "ca.pem",)
    assert site.logs.paths == (str(tmp_path / "log/*.log"),)
    assert site.repo.path == tmp_path
    assert str(site.identities[0].password) == f"file:{tmp_path / 'secret.txt'}"


def test_the_examples_of_all_sections_make_a_valid_file(
    tmp_path: Path, portal_file: Callable[..., Site]
) -> None:
    for name in ("our-ca.pem", "openapi.yaml", "recording.har", "portal.postman_collection.json"):
        (tmp_path / name).write_text("x")
    site = portal_file("\n".join(example_of(name) for name in sections()))
    for name, (model, several) in sections().items():
        attribute = next(n for n, f in Site.model_fields.items() if (f.alias or n) == name)
        value = getattr(site, attribute)
        (value,) = value if several else (value,)
        assert value.model_fields_set == set(model.model_fields), f"[{name}] lacks an example"


def test_the_reference_page_says_what_the_models_say() -> None:
    page = Path(__file__).parents[1] / "docs/reference/portal-file.md"
    assert page.read_text(encoding="utf-8") == markdown(), "write it anew: see the comment on its top"


# --- positions ---


class Writer:
    """Writes data as TOML in styles that hypothesis chooses, and notes on which line everything stands."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.text = ""
        self.places = {}

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def note(self, path: Place) -> None:
        self.places.setdefault(path, self.text.count("\n") + 1)

    def filler(self) -> None:
        self.text += self.pick("", "", "\n", '# a = """ [[x]] \' {\n', " \t\n")

    def key(self, name: str) -> None:
        styles = [json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")]
        if re.fullmatch("[A-Za-z0-9_-]+", name):
            styles += [name, name]
        if name.isprintable() and "'" not in name:
            styles.append(f"'{name}'")
        self.text += self.pick(*styles)

    def keys(self, path: Place, note_from: int) -> None:
        for depth, name in enumerate(path[note_from:], note_from + 1):
            self.note(path[:depth])
            self.key(name)
            if depth < len(path):
                self.text += self.pick(".", " . ")

    def value(self, path: Place, value: Any) -> None:
        if isinstance(value, dict):
            self.text += "{ "
            for place, (name, inner) in enumerate(value.items()):
                self.text += ", " if place else ""
                self.note((*path, name))
                self.key(name)
                self.text += " = "
                self.value((*path, name), inner)
            self.text += " }"
        elif isinstance(value, list):
            self.text += "["
            for place, inner in enumerate(value):
                self.text += "," if place else ""
                self.filler()
                self.note((*path, place))
                self.value((*path, place), inner)
            self.filler()
            self.text += self.pick("]", ",]") if value else "]"
        else:
            self.text += self.pick(*self.scalars(value))

    def scalars(self, value: Any) -> list[str]:
        if isinstance(value, bool):
            return [str(value).lower()]
        if not isinstance(value, str):
            return [str(value)]
        lines = [
            json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
            for line in value.split("\n")
        ]
        styles = ['"' + "\\n".join(lines) + '"', '"""\n' + "\n".join(lines) + '"""']
        if value.replace("\n", "").isprintable() and "'" not in value:
            styles.append("'''\n" + value + "'''")
            styles += [f"'{value}'"] if "\n" not in value else []
        return styles

    def table(self, path: Place, table: dict[str, Any], header: tuple[str, ...] = ()) -> None:
        """Pairs first, then what gets a header of its own."""
        later = []
        for name, value in table.items():
            tables = isinstance(value, list) and value and all(isinstance(inner, dict) for inner in value)
            style = self.pick("here", "dotted", "header") if isinstance(value, dict) or tables else "here"
            if style == "header":
                later.append((name, value))
            elif style == "dotted" and isinstance(value, dict) and value:
                self.dotted((*path, name), value, len(path))
            else:
                self.pair((*path, name), value, len(path))
        for name, value in later:
            for place, inner in enumerate(value) if isinstance(value, list) else ((None, value),):
                self.filler()
                self.text += "[" if place is None else "[["
                self.keys_of_header((*header, name), (*path, name))
                self.text += "]" if place is None else "]]"
                below = (*path, name) if place is None else (*path, name, place)
                self.note(below)
                self.text += self.pick("\n", " # ]]\n")
                self.table(below, inner, (*header, name))

    def keys_of_header(self, names: tuple[str, ...], path: Place) -> None:
        for place, name in enumerate(names):
            self.text += self.pick(".", " . ") if place else ""
            self.key(name)
        self.note(path)

    def dotted(self, path: Place, table: dict[str, Any], start: int) -> None:
        for name, value in table.items():
            if isinstance(value, dict) and value:
                self.dotted((*path, name), value, start)
            else:
                self.pair((*path, name), value, start)

    def pair(self, path: Place, value: Any, start: int) -> None:
        self.filler()
        self.text += self.pick("", "  ")
        self.keys(path, start)
        self.text += self.pick("=", " = ")
        self.value(path, value)
        self.text += self.pick("\n", "  # comment ] }\n")


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: "e" not in str(number)),
    st.dates(date(1000, 1, 1)),
    st.text(max_size=12),
    st.text("\"'\\\n#[]{}=, a", max_size=12),
)
KEYS = st.one_of(st.text("abc_-1", min_size=1, max_size=3), st.text(max_size=4))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def written(draw: Any) -> tuple[dict[str, Any], str, dict[Place, int]]:
    data = draw(st.dictionaries(KEYS, VALUES, max_size=4))
    writer = Writer(draw)
    writer.table((), data)
    return data, writer.text, writer.places


@settings(max_examples=300, deadline=None)
@given(written())
def test_positions_are_where_things_were_written(
    sample: tuple[dict[str, Any], str, dict[Place, int]],
) -> None:
    data, text, places = sample
    assert tomllib.loads(text) == data
    assert positions(text) == places


def paths(value: Any, path: Place = ()) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from paths(below, (*path, key))


@settings(max_examples=300, deadline=None)
@given(st.text("ab.=[]\"'\n #{},1\\", max_size=40))
@example('a = """x"""""\nb = 1')
@example("a = ''''x'''''\nb = 1")
@example('a = """\\\n  "" \\""" """\nb = 1')
@example("[[a]]\n[a.b]\n[[a.c]]\n[[a.c]]\nd.e = 1\n[[a]]\n[[a.c]]")
@example("[x.y.z.w]\n[x]\na = 1979-05-27 07:32:00 # when\nb = 1")
def test_positions_has_just_the_paths_that_the_parser_has(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except ValueError:
        return
    found = positions(text)
    assert set(found) == set(paths(data))
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


# --- whatever is in the file ---

NAMES = [*sections(), "portl", "x"]
INNER = sorted(
    {f.alias or n for model, _ in sections().values() for n, f in model.model_fields.items()} | {"nmae"}
)
SECRET = "xyzzy-" * 3
ODD = st.one_of(SCALARS, st.just(SECRET), st.just(f"https://u:{SECRET}@a.example/"))
TABLES = st.dictionaries(
    st.sampled_from(INNER),
    st.one_of(ODD, st.lists(st.one_of(ODD, st.dictionaries(KEYS, ODD, max_size=2)), max_size=2)),
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.one_of(TABLES, st.lists(TABLES, max_size=2), ODD), max_size=5),
    st.data(),
)
def test_any_file_is_read_or_refused_in_sentences(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], drawn: st.DataObject
) -> None:
    writer = Writer(drawn.draw)
    writer.table((), data)
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(writer.text, encoding="utf-8", newline="")
    try:
        read_portal_file(path, Site, TODAY)
    except PortalFileError as error:
        for sentence in str(error).split("\n"):
            assert re.match(rf"{re.escape(str(path))}:\d+: \S", sentence)
            assert SECRET not in sentence
            assert "is not valid: " not in sentence, "an error of pydantic's without words of ours"


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_refused_calmly(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    path.write_bytes(raw)
    with pytest.raises(PortalFileError):
        read_portal_file(path, Site, TODAY)
