"""What is enough to say that something came back, and how parties stand to each other."""

from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.reach.comparing import Came, without_echo
from launchready.collect.reach.relations import Relation, relation
from launchready.evidence.access import Party

NORA, SOL = Party("nora", "client", "northwind"), Party("sol", "client", "southgate")
SAM, ADA = Party("sam", "staff"), Party("ada", "admin", admin=True)
ALL = (NORA, SOL, SAM, ADA)


def values(*texts: str) -> frozenset[bytes]:
    return frozenset(text.encode() for text in texts)


def test_relations() -> None:
    assert relation(NORA, SOL, ALL) is Relation.APART
    assert relation(SAM, NORA, ALL) is Relation.LOWER
    assert relation(ADA, SAM, ALL) is Relation.LOWER
    assert relation(NORA, SAM, ALL) is Relation.NONE  # staff may see all
    assert relation(NORA, NORA, ALL) is Relation.NONE
    one, other = Party("one", "user"), Party("other", "user")
    assert relation(one, other, (one, other)) is Relation.UNTOLD


def test_one_mention_of_many_values_is_not_enough() -> None:
    record = values("Repair of the roof", "Northwind Freight", "€ 1,200.00, due soon", "Invoice H-2026-1")
    assert not Came(record, values("Invoice H-2026-1")).is_enough
    assert Came(record, values("Repair of the roof", "Northwind Freight")).is_enough
    assert not Came(record, frozenset()).is_enough
    assert not Came(values("open", "paid"), values("paid")).is_enough


@given(st.sets(st.binary(min_size=3, max_size=20)), st.from_regex(r"[A-Za-z0-9-]{1,20}", fullmatch=True))
def test_what_repeats_the_request_is_no_marker(shown: set[bytes], sent: str) -> None:
    echoes = frozenset({sent.encode(), b"Invoice " + sent.encode() + b" is not here"})
    left = without_echo(frozenset(shown) | echoes, (sent,))
    assert not left & echoes
    assert left <= shown
