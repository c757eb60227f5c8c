"""One address written in ways that a guard and the application behind it may read differently."""

from urllib.parse import urlsplit

from launchready.collect.forging import Forgery


def paths(url: str) -> tuple[Forgery, ...]:
    """Further ways to write this address; each value is a whole raw address."""
    parts = urlsplit(url)
    origin, path = f"{parts.scheme}://{parts.netloc}", parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    if path == "/":
        return ()
    bare = path.rstrip("/")
    last = bare.rpartition("/")[2]
    letter = next((at for at, each in enumerate(bare) if each.isascii() and each.isalpha()), -1)
    written: list[tuple[str, str]] = [
        ("a slash at the end", bare if path.endswith("/") else f"{bare}/"),
        ("two slashes", f"/{path}"),
        ("a dot segment", f"/.{path}"),
        ("an encoded dot segment", f"/%2e{path}"),
        ("a parameter after ;", f"{bare};x=1"),
        ("a way back with ;", f"{bare}/..;/{last}"),
        ("a way back from a public folder", f"/static/..{path}"),
        ("an ending", f"{bare}.json"),
        ("an ending of a style sheet", f"{bare}/x.css"),
    ]
    if letter >= 0:
        written += [
            ("another case", f"{bare[:letter]}{bare[letter].swapcase()}{bare[letter + 1 :]}"),
            ("an encoded letter", f"{bare[:letter]}%{ord(bare[letter]):02x}{bare[letter + 1 :]}"),
        ]
    different = {f"{origin}{each}{query}": how for how, each in reversed(written) if each != path}
    return tuple(
        Forgery(f"path with {how}", f"the address written with {how}", value)
        for value, how in reversed(different.items())
    )
