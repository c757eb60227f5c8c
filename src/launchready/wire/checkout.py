"""Where the portal's source is: a folder of this machine, or a clone that is made for the run and removed after it."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import certifi

from launchready.errors import Refused, SignInFailed, UsageError, WireError
from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate
from launchready.wire.git_clone import Cloning, Remote, remote
from launchready.wire.narrow_gate import NarrowGate
from launchready.wire.programs import find
from launchready.wire.repository import LARGEST_BLOB, NoGitError
from launchready.wire.source_tree import Source, SourceFile


class ClonedSource(Source):
    """A clone without files of its own: its source is what the checked-out commit holds."""

    def files(self) -> Iterator[SourceFile]:
        """Every file of that commit, as `Source.files`."""
        git = self.repository.require_git()
        paths: dict[str, list[str]] = {}
        for path, blob, size in git.committed():
            if size > LARGEST_BLOB:
                yield SourceFile(path, b"", f"it is larger than {LARGEST_BLOB // 1024**2} MB")
            else:
                paths.setdefault(blob, []).append(path)
        for blob, data in git.contents(paths):
            for path in paths[blob]:
                yield SourceFile(path, data)

    def kept(self) -> frozenset[str]:
        """As `Source.kept`: all of them."""
        return frozenset(path for path, _, _ in self.repository.require_git().committed())

    def shared(self) -> frozenset[str]:
        """As `Source.shared`: all of them."""
        return self.kept()


class Checkout:
    """Gives the portal's source; clones it once, when first asked, where only its address is known."""

    def __init__(self, gate: Gate, site: Site, redact: Redactor) -> None:
        self._gate, self._site, self._redact = gate, site, redact
        self._made: Source | WireError | None = None
        self._making = asyncio.Lock()
        self._folder: Path | None = None

    async def source(self) -> Source | None:
        """The source; None where the portal file names none.

        Raises:
            Refused: the address, or where it leads, is not to be asked.
            WireError: it could not be cloned.
        """
        repo = self._site.repo
        async with self._making:
            if self._made is None and repo.path is not None:
                self._made = Source(repo.path)
            if self._made is None and repo.url is not None:
                try:
                    self._made = ClonedSource(await self._cloned(remote(repo.url)))
                except WireError as error:
                    self._made = error
        if isinstance(self._made, WireError):
            raise self._made.with_traceback(None)
        return self._made

    def close(self) -> None:
        """Remove what was cloned."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    async def _cloned(self, place: Remote) -> Path:
        """The folder of a new clone; one line in the journal."""
        program = find("git")
        if program is None:
            raise NoGitError("there is no git on this machine to clone with")
        gate = NarrowGate(self._gate, (place.host,), "the portal's source")
        gate.check(place.host)
        address = (await DnsWire(gate, self._site).addresses(place.host))[0]
        self._folder = Path(tempfile.mkdtemp(prefix="launchready-"))
        cloning = Cloning(
            program, place, address, self._authorities(self._folder), self._site.repo.user, self._token(place)
        )
        gate.spend(requests=1)
        begun, size, trouble, stop = time.monotonic(), 0, "", Event()
        target = self._folder / "source.git"
        making = asyncio.create_task(asyncio.to_thread(cloning.into, target, stop))
        try:
            size = await asyncio.shield(making)
        except WireError as error:
            trouble = str(error)
            raise
        finally:
            stop.set()  # a thread cannot be ended from outside, but it looks; what it made is removed after that
            await asyncio.wait((making,))
            gate.received(size)
            gate.journal(
                "CLONE",
                self._redact.url(place.shown),
                error=trouble,
                milliseconds=(time.monotonic() - begun) * 1000,
                size=size,
                address=address,
            )
        return target

    def _token(self, place: Remote) -> str:
        reference = self._site.repo.token
        if reference is None or place.scheme != "https":
            return ""
        try:
            return reference.resolve().get_secret_value()
        except UsageError as error:
            raise SignInFailed(
                f"the repository cannot be cloned: {error}", "put the token where [repo] says"
            ) from None

    def _authorities(self, folder: Path) -> Path | None:
        """All authorities to trust, in one file, where the portal file adds some."""
        added = self._site.tls.extra_ca
        if not added:
            return None
        try:
            texts = [Path(path).read_text("utf-8") for path in (certifi.where(), *map(str, added))]
        except (OSError, UnicodeDecodeError):
            raise Refused("a CA file of [tls] cannot be read", "correct extra_ca in [tls]") from None
        bundle = folder / "authorities.pem"
        bundle.write_text("\n".join(texts), "utf-8")
        return bundle
