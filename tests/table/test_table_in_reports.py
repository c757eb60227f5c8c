"""The table in each form of the report: proper roles for readers, crossings first, nothing by colour alone."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jsonschema
import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from launchready.access_table import access_table
from launchready.audit import judge_folder
from launchready.checks import all_checks, all_rows
from launchready.evidence import Fact, Missing
from launchready.evidence.access import ANONYMOUS, Access, Party, Reached, Route, SignedOut, Writes
from launchready.evidence.access_policy import DeclaredAccess, Rule
from launchready.evidence.said import Declared, Waiver
from launchready.evidence.store import RunFolder
from launchready.judging import judge
from launchready.report import Setting, render_in
from launchready.report._access import MARKS, SHOWN
from launchready.report.diff import compare
from launchready.scorecard import Report, from_json, to_json
from launchready.verdict import Cause

from .conftest import crossing

HOST = "https://portal.lab.test"
Facts = dict[type, Fact | Missing]
Make = Callable[..., Facts]


def judged(facts: Facts) -> Report:
    return judge(facts, all_rows(), all_checks())


def page(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser(render_in(report, "html", Setting()).decode())


def words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def test_the_table_has_headers_for_every_cell(make: Make) -> None:
    (table, *_) = page(judged(make())).css("table.access")
    heads = table.css("thead th")
    assert [words(head) for head in heads] == [
        "Route",
        "nobody signed in",
        "ben client, dock",
        "nora client, harbour",
        "sam staff",
        "ada admin",
    ]
    assert {head.attributes.get("scope") for head in heads} == {"col"}
    rows = [row for row in table.css("tbody tr") if row.css("td")]
    assert len(rows) == 10
    for row in rows:
        (head,) = row.css("th")
        assert head.attributes.get("scope") == "row"
        assert len(row.css("td")) == 5
    groups = table.css("tbody > tr:first-child > th")
    assert {group.attributes.get("scope") for group in groups} == {"rowgroup"}
    assert {group.attributes.get("colspan") for group in groups} == {"6"}
    assert words(groups[0]) == "Crossings"


def test_every_outcome_is_told_by_letter_and_word(make: Make) -> None:
    tree = page(judged(make()))
    (table,) = tree.css("table.access")
    cells = {words(cell) for cell in table.css("td")}
    for outcome in (
        "own, answer 200",
        "shared, answer 200",
        "public, answer 200",
        "cut, answer 200",
        "refused, answer 403",
    ):
        assert any(cell.endswith(outcome) for cell in cells), outcome
    assert "· not asked" in cells
    assert {"X 1 crossed, answer 200", "X 3 crossed, answer 200"} <= cells
    letters = [mark.letter for mark in MARKS.values()]
    assert len(letters) == len(set(letters))
    legend = words(tree.css("ul.legend")[0])
    assert all(mark.word in legend for mark in MARKS.values())


def test_a_crossing_leads_to_what_came_back_and_to_its_finding(make: Make) -> None:
    tree = page(judged(make()))
    targets = {node.attributes.get("id") for node in tree.css("[id]")}
    links = [a.attributes.get("href") or "" for a in tree.css("table.access .crossed td a")]
    assert len(links) == 4
    assert {link.removeprefix("#") for link in links} <= targets
    crossing = tree.css("li#crossing-3")[0]
    assert "ben asked for a record of nora: 7 of 9 values" in words(crossing)
    assert "$COOKIE_BEN" in words(crossing)
    assert [words(row)[:26] for row in crossing.css("tbody tr")] == [
        "ben GET https://portal.lab",
        "nora, whose it is GET http",
        "ben, for what does not exi",
        "a stranger GET https://por",
    ]
    (finding,) = [a.attributes.get("href") for a in crossing.css("a")]
    assert tree.css(f"tr{finding}")
    ids = [node.attributes.get("id") for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


def test_a_session_that_was_signed_out_has_a_column(make: Make) -> None:
    """Beside strangers, with what it was refused, and what it still got as a crossing of its own."""
    open_still, refuses = f"GET {HOST}/invoices/{{}}", f"GET {HOST}/invoices"
    kept = msgspec.structs.replace(
        crossing("anonymous", "/invoices/{}", "nora", ANONYMOUS),
        how="asked with a session of nora that was signed out",
    )
    facts = make(SignedOut("nora", 2, (kept,), (open_still, refuses)))
    report = judged(facts)
    (table, *_) = page(report).css("table.access")
    assert [words(head) for head in table.css("thead th")][1:3] == ["nobody signed in", "nora (signed out)"]
    cells = {
        words(row.css("th")[0]).split()[1]: words(row.css("td")[1])
        for row in table.css("tbody tr")
        if row.css("td")
    }
    assert cells["/invoices/{}"].endswith("crossed, answer 200")
    assert cells["/invoices"] == "– refused"
    assert cells["/help/{}"] == "· not asked"
    (told,) = [each for each in page(report).css("ol.crossings > li") if "signed out" in words(each)]
    assert "nora (signed out) is answered as before" in words(told)
    assert told.css("a[href^='#finding-']")


def test_what_may_be_meant_is_shown_as_unclear(make: Make) -> None:
    plain = make()[Access]
    assert isinstance(plain, Access)
    route = f"GET {HOST}/invoices/{{}}"
    open_one = msgspec.structs.replace(crossing("object", "/invoices/{}", "nora", "ben"), settle_by="say so")
    facts = make(msgspec.structs.replace(plain, unsettled=(open_one,)))

    def answer(report: Report) -> str:
        assert report.access is not None
        at = [party.name for party in report.access.parties].index("ben")
        return next(each.answers[at].outcome for each in report.access.routes if each.route == route)

    assert answer(judged(facts)) == "unclear"
    for records, outcome in (("user", "crossed"), ("shared", "own")):
        declared = DeclaredAccess((Rule(route, ("client",), records, confirmed=True),))
        assert answer(judged({**facts, DeclaredAccess: declared})) == outcome


def test_an_accepted_risk_stays_a_crossing_and_stays_linked(make: Make) -> None:
    route = f"GET {HOST}/invoices/{{}}/pdf"
    waiver = Waiver("authz/object", route, "Ada Example", "moved next month", "2030-12-31")
    report = judged(make(Declared("Harbour", f"{HOST}/", "", ("portal.lab.test",), (waiver,))))
    found = [f for r in report.results if r.check == "authz/object" for f in r.findings]
    assert [f.subject for f in found if f.waived] == [route]
    tree = page(report)
    (finding,) = [a.attributes.get("href") for a in tree.css("li#crossing-3 a")]
    assert "Accepted risk by Ada Example" in words(tree.css(f"tr{finding}")[0])


def test_long_tables_are_folded_and_crossings_are_not(
    make: Make, from_outcomes: Callable[..., Access]
) -> None:
    plain = make()[Access]
    assert isinstance(plain, Access)
    long = from_outcomes({f"GET {HOST}/z{n:02}/{{}}": ("page", "refused own own own own") for n in range(50)})
    routes = (*plain.routes, *long.routes)
    facts = make(msgspec.structs.replace(plain, routes=routes, reached=(*plain.reached, *long.reached)))
    tree = page(judged(facts))
    first, folded = tree.css("table.access")
    assert len([row for row in first.css("tbody:not(.crossed) tr") if row.css("td")]) == SHOWN
    assert not folded.css(".crossed")
    assert folded.css("thead th[scope=col]")
    assert f"{60 - 4 - SHOWN} more routes, without a crossing" in words(tree.body or first)


def test_what_the_owner_confirmed_is_no_crossing(make: Make) -> None:
    shared = Rule(f"GET {HOST}/invoices/{{}}/pdf", ("*",), "shared", confirmed=True)
    report = judged(make(DeclaredAccess((shared,))))
    table = report.access
    assert table is not None
    assert shared.route not in [finding.subject for result in report.results for finding in result.findings]
    assert [each.route for each in table.crossings if each.asker == "ben"] == [f"POST {HOST}/tickets/{{}}"]
    (route,) = [each for each in table.routes if each.route == shared.route]
    assert [answer.outcome for answer in route.answers] == ["refused", "shared", "own", "own", "own"]


def test_writes_are_lines_of_their_own(make: Make) -> None:
    plain = make()[Writes]
    assert isinstance(plain, Writes)
    trial = plain.trials[0]
    field = msgspec.structs.replace(
        trial, kind="property", asker="nora", changed=False, operation="PATCH /me"
    )
    taken = msgspec.structs.replace(field, changed=True, fields=("role",), operation="PATCH /role")
    report = judged(make(msgspec.structs.replace(plain, trials=(*plain.trials, field, taken))))
    assert report.access is not None
    outcomes = {
        each.route.replace(HOST, ""): " ".join(answer.outcome for answer in each.answers)
        for each in report.access.routes
        if each.kind == "operation"
    }
    assert outcomes == {
        # anonymous, ben, nora, sam, ada: whoever has an operation and is kept from another's record has its own
        "DELETE /api/tickets/{}": "unasked refused own unclear own",
        "POST /tickets/{}": "unasked crossed own unasked own",
        "PATCH /me": "unasked unasked own unasked unasked",
        "PATCH /role": "unasked unasked crossed unasked unasked",
    }
    (role,) = [each for each in report.access.crossings if each.kind == "property"]
    assert role.why == "nora, asking again, found the record changed (role); it was put back"


def test_whoever_goes_beyond_the_confirmed_table_is_shown(make: Make) -> None:
    closed = Rule(f"GET {HOST}/help/{{}}", ("client",), "shared", confirmed=True)
    report = judged(make(DeclaredAccess((closed,))))
    assert report.access is not None
    (route,) = [each for each in report.access.routes if each.route == closed.route]
    assert [answer.outcome for answer in route.answers] == [
        "refused",
        "shared",
        "shared",
        "crossed",
        "crossed",
    ]
    beyond = [each for each in report.access.crossings if each.route == closed.route]
    assert [(each.kind, each.asker) for each in beyond] == [("function", "ada"), ("function", "sam")]
    (finding,) = [
        f
        for r in report.results
        if r.check == "authz/function"
        for f in r.findings
        if f.subject == closed.route
    ]
    assert {each.finding for each in beyond} == {finding.id}
    tree = page(report)
    assert "sam reaches it: the confirmed table does not hold this" in words(tree.css("ol.crossings")[0])


def test_no_crossing_is_not_claimed_of_what_was_not_tried(
    make: Make, from_outcomes: Callable[..., Access]
) -> None:
    plain = from_outcomes({f"GET {HOST}/a": ("page", "refused own own own own")})
    why = Missing(Cause.NO_CONSENT, "others' records are asked for with consent only", "use --active")
    for access, says in (
        (plain, "5 parties: no crossing. "),
        (msgspec.structs.replace(plain, refused=why), "tried. "),
    ):
        facts = make(access)
        del facts[Writes]
        report = judged(facts)
        body = page(report).body
        assert body is not None
        assert says in words(body)
        for form in ("html", "markdown", "terminal"):
            text = " ".join(render_in(report, form, Setting()).decode().split())
            assert ("to settle it, use --active" in text) is (access is not plain)


def test_nobody_looked_so_there_is_no_table(make: Make) -> None:
    facts = make()
    del facts[Access]
    report = judged(facts)
    assert report.access is None
    assert b'"access"' not in to_json(report)
    assert not page(report).css("table.access")
    for form in ("markdown", "terminal"):
        assert b"reaches what" not in render_in(report, form, Setting()).lower()


def test_a_crossing_that_was_not_tried_again_is_not_proven_fixed(
    make: Make, from_outcomes: Callable[..., Access]
) -> None:
    before = judged(make())
    sound = from_outcomes({f"GET {HOST}/invoices/{{}}/pdf": ("file", "refused own own own own")})
    why = Missing(Cause.NO_CONSENT, "others' records are asked for with consent only", "use --active")
    for access, fixed in ((sound, True), (msgspec.structs.replace(sound, refused=why), False)):
        compared = compare(before, judged(make(access, Writes())))
        gone = compared.fixed if fixed else compared.unproven
        assert f"GET {HOST}/invoices/{{}}/pdf" in [
            each.subject for each in gone if each.check == "authz/object"
        ]


def test_the_json_is_as_the_schema_says_and_comes_back(make: Make) -> None:
    report = judged(make())
    schema = json.loads(files("launchready.report").joinpath("schemas/report.schema.json").read_bytes())
    jsonschema.validate(json.loads(to_json(report)), schema)
    assert from_json(to_json(report)) == report


def test_judged_again_from_its_evidence_it_is_the_same(make: Make, tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path, "run")
    folder.save(make().items())
    first = judge_folder(folder.path)[1]
    assert to_json(first) == to_json(judged(make()))
    assert render_in(first, "html", Setting()) == render_in(judged(make()), "html", Setting())


def test_markdown_has_the_crossings_and_the_rest_folded(make: Make) -> None:
    text = render_in(judged(make()), "markdown", Setting()).decode()
    assert "10 routes × 5 parties: 4 crossings." in text
    assert "| `GET /invoices/{}/pdf` | refused | **CROSSED** | own | own | own |" in text
    assert "<details><summary>6 routes without a crossing</summary>" in text
    assert "| `GET /help/{}` | refused | shared | shared | shared | shared |" in text


def test_the_terminal_counts_and_names_crossings(make: Make) -> None:
    text = render_in(judged(make()), "terminal", Setting(width=120)).decode()
    assert "10 routes × 5 parties: 4 crossings" in text
    assert "X GET /admin/users: sam asked for a record of ada" in text
    assert "(likely, not certain)" in " ".join(text.split())


def test_short_lists_name_each_place_once_by_what_is_certain(make: Make, access: Access) -> None:
    likely = msgspec.structs.replace(access.crossings[2], owner="ada", how="asked for another", certain=False)
    facts = make(msgspec.structs.replace(access, crossings=(likely, *access.crossings)))
    for form in ("markdown", "terminal"):
        text = " ".join(render_in(judged(facts), form, Setting(width=120)).decode().split())
        reaching = text.partition("WHO REACHES WHAT" if form == "terminal" else "Who reaches what")[2]
        reaching = reaching.partition("DO FIRST" if form == "terminal" else "Not answered yet")[0]
        assert "5 crossings" in reaching
        assert "ben asked for a record of nora" in reaching
        assert "ben asked for another" not in reaching


def test_machines_get_the_route_as_an_address(make: Make) -> None:
    report = judged(make())
    (found,) = [
        each
        for each in json.loads(render_in(report, "sarif", Setting()))["runs"][0]["results"]
        if each["message"]["text"].startswith(f"GET {HOST}/invoices/{{}}/pdf: ")
    ]
    (where,) = found["locations"]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == f"{HOST}/invoices/%7B%7D/pdf"
    assert where["logicalLocations"][0]["fullyQualifiedName"] == f"GET {HOST}/invoices/{{}}/pdf"
    assert f"GET {HOST}/invoices/{{}}/pdf" in render_in(report, "junit", Setting()).decode()


def test_parties_stand_lowest_role_first_whatever_their_order(make: Make, access: Access) -> None:
    tables = [
        access_table(make(msgspec.structs.replace(access, parties=order)), ())
        for order in (access.parties, access.parties[::-1])
    ]
    assert tables[0] == tables[1]
    assert (
        [party.name for party in tables[0].parties] == [ANONYMOUS, "ben", "nora", "sam", "ada"]
        if tables[0]
        else False
    )


@pytest.mark.parametrize("form", ["html", "markdown", "terminal", "junit", "sarif"])
def test_names_that_try_to_break_out_stay_text(make: Make, form: str) -> None:
    bad = "</table><script>alert(1)</script>|`x`\u202e\x1b[2J"
    route = f"GET {HOST}/{bad}"
    access = Access((Party(bad, bad, bad),), (Route(route, "page"),), (Reached(route, bad, bad, 200),))
    data = render_in(judged(make(access, Declared("Harbour", f"{HOST}/", "", ()))), form, Setting()).decode()
    assert "\x1b" not in data
    assert "\u202e" not in data
    if form == "html":
        assert len(LexborHTMLParser(data).css("script")) == 1
    if form == "markdown":
        assert "<script" not in data.replace("`", "")[: data.index("Route")]
