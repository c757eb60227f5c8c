"""A request that can be made again, and the places in it where an id may stand. Raw: never evidence."""

from dataclasses import dataclass

from launchready.wire.http import Answer


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    Attributes:
        method: in upper case.
        url: absolute, raw.
        headers: beyond what signs a visitor in: content type, accept, the portal's own such as X-Tenant; raw.
        body: raw.
        source: as in `evidence.access.Route`.
        reads: it changes nothing: GET, or a POST of which that is known (a GraphQL query, a search, a batch read).
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    source: str = "link"
    reads: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """What one party was answered to one call. The body is the raw one."""

    call: Call
    party: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Offered:
    """A call that an interface offers a party, known but not made: a form, a button, an operation of a document.

    Attributes:
        call: with the values that the interface fills in, or examples of a document; `reads` says whether it may be made.
        party: to whom; empty where a document names nobody (OpenAPI, HAR without an identity).
        fields: names of the fields that whoever sends it fills in, required ones first.
        page: address of the page whose control it is, raw; empty for other sources.
        label: words of the control, as shown.
        beyond: of GraphQL, the same query with what leads on, and back to records of a kind met on the way; else empty.
    """

    call: Call
    party: str
    fields: tuple[str, ...] = ()
    page: str = ""
    label: str = ""
    beyond: str = ""
