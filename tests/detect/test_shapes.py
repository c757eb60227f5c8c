"""Shapes of our own that no surface of the bed has: each is found by what is in it, not by a name beside it."""

from base64 import b64encode

import pytest

from launchready.detect import Detector
from launchready_testbed.secret_shapes import _random

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def test_a_bot_s_token_begins_with_its_number(detector: Detector) -> None:
    number = b64encode(b"799281494476455987").decode()
    token = f"{number}.{_random('bot', LETTERS, 6)}.{_random('rest', LETTERS, 27)}"
    assert [found.kind for found in detector.find(f"client.login('{token}')".encode())] == [
        "Discord bot token"
    ]


@pytest.mark.parametrize(
    ("encryption", "kind"), [("none", "private key"), ("aes256-cbc", "encrypted private key")]
)
def test_a_key_of_putty_s_is_a_private_key(detector: Detector, encryption: str, kind: str) -> None:
    lines = [_random(f"line {number}", LETTERS, 64) for number in range(4)]
    text = (
        f"PuTTY-User-Key-File-3: ssh-rsa\r\nEncryption: {encryption}\r\nComment: rsa-key\r\nPublic-Lines: 2\r\n"
        f"{lines[0]}\r\n{lines[1]}\r\nPrivate-Lines: 2\r\n{lines[2]}\r\n{lines[3]}\r\nPrivate-MAC: 00\r\n"
    )
    found = detector.find(text.encode())
    assert [(each.kind, each.value) for each in found] == [(kind, lines[2])]
