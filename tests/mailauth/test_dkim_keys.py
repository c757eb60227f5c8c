"""Keys as RFC 6376 (section 3.6.1), RFC 8301 and RFC 8463 have them."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.email._dkim_examples import ED25519, RSA_512, RSA_1024, RSA_2048
from launchready.mailauth.answers import Untold
from launchready.mailauth.dkim_keys import State, dkim_key

from .conftest import Zone

MakeZone = Callable[[Mapping[str, Any]], Zone]
NAME = "pm._domainkey.example.com"


def bare_rsa() -> str:
    """A key in PKCS#1, as some older tools make it."""
    key = rsa.generate_private_key(65537, 2048).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.PKCS1)).decode()


def curve() -> str:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize(
    ("text", "state", "bits"),
    [
        pytest.param(f"v=DKIM1; k=rsa; p={RSA_2048}", "sound", 2048, id="usual"),
        pytest.param(f"p={RSA_2048}", "sound", 2048, id="bare"),
        pytest.param(f"v=DKIM1; p={RSA_1024}", "sound", 1024, id="1024"),
        pytest.param(f"v=DKIM1; p={RSA_512}", "weak", 512, id="512"),
        pytest.param(f"v=DKIM1; p={bare_rsa()}", "sound", 2048, id="PKCS1"),
        pytest.param(f"v=DKIM1; p={RSA_2048[:100]} \t{RSA_2048[100:]}", "sound", 2048, id="folded"),
        pytest.param(f"v=DKIM1; k=ed25519; p={ED25519}", "sound", 256, id="ed25519"),
        pytest.param(f"v=DKIM1; k=ed25519; p={RSA_2048}", "unusable", 0, id="RSA called ed25519"),
        pytest.param(f"v=DKIM1; k=rsa; p={ED25519}", "unusable", 0, id="ed25519 called RSA"),
        pytest.param(f"v=DKIM1; p={curve()}", "unusable", 0, id="another curve"),
        pytest.param("v=DKIM1; p=", "revoked", 0, id="withdrawn"),
        pytest.param("v=DKIM1; k=rsa; p=;", "revoked", 0, id="withdrawn with a semicolon"),
        pytest.param(f"v=DKIM1; t=y; p={RSA_2048}", "test", 2048, id="test"),
        pytest.param(f"v=DKIM1; t=y:s; p={RSA_2048}", "test", 2048, id="test and strict"),
        pytest.param(f"v=DKIM1; t=s; p={RSA_2048}", "sound", 2048, id="strict"),
        pytest.param(f"v=DKIM1; h=sha1; p={RSA_2048}", "unusable", 2048, id="sha1 alone"),
        pytest.param(f"v=DKIM1; h=sha1:sha256; p={RSA_2048}", "sound", 2048, id="sha256 too"),
        pytest.param(f"v=DKIM1; s=email; p={RSA_2048}", "sound", 2048, id="for mail"),
        pytest.param(f"v=DKIM1; s=*; p={RSA_2048}", "sound", 2048, id="for all"),
        pytest.param(f"v=DKIM1; s=other; p={RSA_2048}", "unusable", 2048, id="for others"),
        pytest.param(f"v=DKIM1; k=dsa; p={RSA_2048}", "unusable", 0, id="unknown kind"),
        pytest.param(f"v=DKIM2; p={RSA_2048}", "unusable", 0, id="other version"),
        pytest.param(f"k=rsa; v=DKIM1; p={RSA_2048}", "unusable", 0, id="version not first"),
        pytest.param(f"v=DKIM1; p={RSA_2048}; p={RSA_1024}", "unusable", 0, id="twice"),
        pytest.param(f"v=DKIM1; p={RSA_2048[:200]}", "unusable", 0, id="cut"),
        pytest.param(f"v=DKIM1; n=a note; x=1; p={RSA_2048}", "sound", 2048, id="more tags"),
        pytest.param("v=spf1 -all", "absent", 0, id="a wildcard's SPF"),
    ],
)
def test_keys(zone: MakeZone, text: str, state: State, bits: int) -> None:
    key = dkim_key(zone({NAME: text}), "example.com", "pm")
    assert (key.state, key.bits) == (state, bits)
    assert bool(key.fault) is (state != "sound")


def test_a_key_elsewhere(zone: MakeZone) -> None:
    key = dkim_key(zone({NAME: ("-> pm.keys.example.net", f"p={RSA_2048}")}), "example.com", "pm")
    assert key.state == "sound"
    assert key.leads_to == ("pm.keys.example.net",)
    assert "pm.keys.example.net" in key.described


def test_an_alias_to_nowhere(zone: MakeZone) -> None:
    key = dkim_key(zone({NAME: "-> pm.keys.example.net"}), "example.com", "pm")
    assert (key.state, key.leads_to) == ("absent", ("pm.keys.example.net",))


def test_several_records(zone: MakeZone) -> None:
    assert dkim_key(zone({NAME: (f"p={RSA_2048}", f"p={RSA_1024}")}), "example.com", "pm").state == "unusable"
    assert dkim_key(zone({NAME: ("one", "another")}), "example.com", "pm").state == "absent"


def test_what_nobody_told_is_not_absent(zone: MakeZone) -> None:
    with pytest.raises(Untold):
        dkim_key(zone({NAME: "?"}), "example.com", "pm")


@given(st.text() | st.binary().map(lambda raw: "p=" + base64.b64encode(raw).decode()))
def test_any_text_can_be_read(text: str) -> None:
    assert dkim_key(Zone({NAME: text}), "example.com", "pm").state != "sound" or "p=" in text
