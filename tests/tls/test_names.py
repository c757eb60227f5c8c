"""Names are matched as browsers match them."""

import pytest

from launchready.checks.https._names import matches


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("portal.example", "portal.example", True),
        ("PORTAL.example.", "portal.EXAMPLE", True),
        ("portal.example", "www.portal.example", False),
        ("*.portal.example", "www.portal.example", True),
        ("*.portal.example", "portal.example", False),
        ("*.portal.example", "a.b.portal.example", False),
        ("*.portal.example", ".portal.example", False),
        ("*.example", "portal.example", False),
        ("*", "portal", False),
        ("w*.portal.example", "www.portal.example", False),
        ("www.*.example", "www.portal.example", False),
        ("*.*.example", "www.portal.example", False),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", True),
    ],
)
def test_matches(pattern: str, host: str, *, fits: bool) -> None:
    assert matches(pattern, host) is fits
