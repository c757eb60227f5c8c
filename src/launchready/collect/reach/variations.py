"""The owner's records in other words: another form, ids mixed, filters, ids beside the path, searches. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.capability import is_capability
from launchready.collect.reach.places import Place, leaves, never, put, with_header, with_parameter
from launchready.collect.reach.questions import swapped
from launchready.collect.reach.relations import Relation
from launchready.collect.reach.templates import Template, Templates
from launchready.collect.reach.trials import Planner, Trial
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS

_JSON = "application/json"
_MOST_NAMES = 3
_MOST_WORDS = 4
_SHORTEST_WORD = 4
_SEARCHES = frozenset(("q", "search", "term", "keyword", "s", "filter", "text"))
_IDS_BESIDE = ("id", "uuid", "user_id", "user", "account", "tenant_id", "client_id", "customer_id")


class Variations:
    """Trials between parties that are apart, beyond asking the same call."""

    def __init__(
        self,
        planner: Planner,
        views: Mapping[str, View],
        templates: Templates,
        beyond: Mapping[str, Iterable[tuple[Call, Call]]],
    ) -> None:
        self._planner = planner
        self._beyond = beyond
        self._views = views
        self._templates = templates
        self._named = self._parameters()
        self._headers = {
            name: value
            for view in views.values()
            for group in view.samples.values()
            for each in group
            for name, value in each.call.headers
        }

    def all(self) -> Iterator[Trial]:
        """All of them."""
        people = sorted(name for name in self._views if name != ANONYMOUS)
        for owner in people:
            for asker in people:
                if self._planner.relation(owner, asker) not in (Relation.APART, Relation.UNTOLD):
                    continue
                for template, samples in sorted(self._views[owner].samples.items()):
                    if template.slots:
                        yield from self._forms(template, samples[0], asker)
                        yield from self._mixed(template, samples[0], asker)
                yield from self._filters(owner, asker)
                yield from self._searches(owner, asker)
                yield from self._questions(owner, asker)
                for plain, further in self._beyond.get(asker, ()):
                    how = f"went on from its own records to what leads back to those of {owner}"
                    template = self._templates.of(plain)
                    yield Trial("object", how, template, owner, asker, further, None, None, plain)

    def _forms(self, template: Template, sample: Sample, asker: str) -> Iterator[Trial]:
        """The record in another form."""
        if sample.call.method != "GET" or sample.first.kind != "page":
            return
        how = f"asked for a record of {sample.party} as JSON"
        as_json = replace(sample.call, headers=(*sample.call.headers, ("Accept", _JSON)))
        for call in (as_json, _ending(sample.call, ".json")):
            yield Trial(
                "object", how, template, sample.party, asker, call, sample, self._planner.never(sample)
            )

    def _mixed(self, template: Template, sample: Sample, asker: str) -> Iterator[Trial]:
        """The asker's own call with the last id of the owner, or with the owner's beside its own."""
        own = self._views[asker].samples.get(template)
        if not own:
            return
        mine, theirs = self._templates.slots(own[0].call), self._templates.slots(sample.call)
        if len(mine) != len(theirs):
            return
        if len(mine) > 1 and mine[-1].value != theirs[-1].value and mine[0].value != theirs[0].value:
            how = f"asked for a record of {sample.party} under its own address"
            for at in (len(mine) - 1, 0):
                call = put(own[0].call, mine[at], theirs[at].value)
                secret = is_capability(call, ()) and not any(
                    each.value in call.url for each in theirs if len(each.value) > 13
                )
                yield Trial(
                    "object", how, template, sample.party, asker, call, sample, self._planner.never(own[0]),
                    with_own_secret=secret,
                )  # fmt: skip
        if mine[-1].value != theirs[-1].value:
            for name in self._names_of(own[0], mine[-1].value):
                how = f"asked for its own record with {name} of a record of {sample.party} beside it"
                beside = (
                    with_parameter(own[0].call, name, theirs[-1].value),
                    _with_json(own[0].call, name, theirs[-1].value),
                )
                for call in beside:
                    yield Trial("object", how, template, sample.party, asker, call, sample, plain=own[0].call)

    def _filters(self, owner: str, asker: str) -> Iterator[Trial]:
        """The asker's own lists with what tells whose they are set to the owner's."""
        wanted = self._owner_values(owner, asker)
        for template, samples in sorted(self._views[asker].samples.items()):
            if (
                template.names_record
                or samples[0].call.method != "GET"
                or template not in self._views[owner].samples
            ):
                continue
            own = samples[0].call
            for name, value in wanted[:_MOST_NAMES]:
                how = f"asked its own list with {name} of {owner}"
                call = with_parameter(own, name, value)
                control = with_parameter(own, name, never(value))
                yield Trial("object", how, template, owner, asker, call, None, control, own)
        for name in sorted(self._headers):
            for template, samples in sorted(self._views[asker].samples.items()):
                mine = dict(samples[0].call.headers).get(name)
                theirs = self._header(owner, name)
                if mine and theirs and mine != theirs:
                    how = f"asked its own list with the header {name} of {owner}"
                    call = with_header(samples[0].call, name, theirs)
                    yield Trial("object", how, template, owner, asker, call, None, None, samples[0].call)

    def _searches(self, owner: str, asker: str) -> Iterator[Trial]:
        """The asker's own searches for words of records of the owner."""
        view = self._views[asker]
        forms: dict[tuple[str, str], None] = {}
        found: list[tuple[Call, Place]] = []
        for _, samples in sorted(view.samples.items()):
            forms |= dict.fromkeys(form for each in samples for form in each.first.searches)
            if place := _search_of(samples[0].call):
                found.append((samples[0].call, place))
        found += [(Call("GET", url), Place("query", name, "")) for url, name in forms]
        words = self._words_of(owner, asker) if found else ()
        for call, place in found:
            template = self._templates.of(put(call, place, ""))
            for word in words:
                how = f"searched for a word of a record of {owner}"
                yield Trial(
                    "object", how, template, owner, asker, put(call, place, word), None,
                    put(call, place, never(word)), call,
                )  # fmt: skip

    def _questions(self, owner: str, asker: str) -> Iterator[Trial]:
        """The asker's own forms that show what is chosen, with records of the owner chosen."""
        if not self._planner.is_test(asker):
            return
        for page, samples in sorted(self._views[asker].samples.items()):
            theirs = {
                form.action: form
                for each in self._views[owner].samples.get(page, ())
                for form in each.first.questions
            }
            for mine in samples[0].first.questions if theirs else ():
                url = samples[0].call.url
                for name, *calls in swapped(mine, theirs[mine.action], url) if mine.action in theirs else ():
                    how = f"sent a form that shows what is chosen, with {name} of records of {owner}"
                    call, nothing, plain = calls
                    template = replace(self._templates.of(call), slots=(f"form {name}",))
                    yield Trial("object", how, template, owner, asker, call, None, nothing, plain)

    def _words_of(self, owner: str, asker: str) -> list[str]:
        """For each kind of record the longest word that only those of the owner hold."""
        view, other = self._views[owner], self._views[asker]
        common = b" ".join(other.met).decode("utf-8", "replace").casefold()
        found: dict[str, None] = {}
        for template, samples in sorted(view.samples.items()):
            values = [value for each in samples for value in each.stable - view.frame - other.met]
            words = {
                word
                for value in values
                for word in value.decode("utf-8", "replace").split()
                if word.isalpha() and len(word) >= _SHORTEST_WORD and word.casefold() not in common
            }
            if template.slots and words:
                found[max(words, key=lambda word: (len(word), word))] = None
        return list(found)[:_MOST_WORDS]

    def _owner_values(self, owner: str, asker: str) -> list[tuple[str, str]]:
        """(name, value of the owner) of what is always the same for a party and unlike that of the other."""
        mine, theirs = self._views[asker].fields, self._views[owner].fields
        found = {
            (name, next(iter(values)))
            for name, values in theirs.items()
            if len(values) == 1 and len(mine.get(name, ())) == 1 and values != mine[name] and _is_key(*values)
        }
        own = {value for values in mine.values() for value in values} if mine else set()
        for name, values in self._named.items():
            others = sorted(
                value for value in values if value not in own and not self._is_own(asker, name, value)
            )
            found |= {(name, value) for value in others[:_MOST_NAMES]}
        return sorted(found, key=lambda each: (each[0] not in self._named, each))

    def _is_own(self, asker: str, name: str, value: str) -> bool:
        view = self._views[asker]
        return any(
            (name, value) in parse_qsl(urlsplit(sample.call.url).query)
            for group in view.samples.values()
            for sample in group
        )

    def _parameters(self) -> dict[str, set[str]]:
        """Query parameters that hold ids anywhere in the portal, and their values."""
        found: dict[str, set[str]] = {}
        for view in self._views.values():
            for template, samples in view.samples.items():
                if any(slot.startswith("query ") for slot in template.slots):
                    for sample in samples:
                        for place in self._templates.slots(sample.call):
                            if place.where == "query":
                                found.setdefault(place.key, set()).add(place.value)
        return found

    def _names_of(self, own: Sample, value: str) -> list[str]:
        """What the portal calls this id: names of fields and parameters that hold it."""
        fields = sorted(name for name, held in own.first.fields if held == value)
        found = sorted(fields, key=lambda name: (name not in _IDS_BESIDE, name))[:1]
        everything = (
            each for view in self._views.values() for group in view.samples.values() for each in group
        )
        if not found and any(name == "id" for each in everything for name, _ in each.first.fields):
            found = ["id"]
        return found

    def _header(self, party: str, name: str) -> str:
        return next(
            (
                value
                for group in self._views[party].samples.values()
                for each in group
                for header, value in each.call.headers
                if header == name
            ),
            "",
        )


def _is_key(value: str) -> bool:
    return 0 < len(value) <= 80 and " " not in value and "/" not in value


def _search_of(call: Call) -> Place | None:
    """Where the words stand that are searched for."""
    for name, value in parse_qsl(urlsplit(call.url).query, keep_blank_values=True):
        if name.lower() in _SEARCHES:
            return Place("query", name, value)
    try:
        data = json.loads(call.body or b"null")
    except (ValueError, RecursionError):
        return None
    named = [(way, leaf) for way, leaf in leaves(data) if isinstance(leaf, str)]
    return next((Place("json", w, leaf) for w, leaf in named if w.lower() in _SEARCHES), None)


def _with_json(call: Call, name: str, value: str) -> Call:
    body = json.dumps({name: int(value) if value.isascii() and value.isdigit() else value}).encode()
    return replace(call, headers=(*call.headers, ("Content-Type", _JSON)), body=body)


def _ending(call: Call, ending: str) -> Call:
    parts = urlsplit(call.url)
    return replace(call, url=parts._replace(path=parts.path.rstrip("/") + ending).geturl())
