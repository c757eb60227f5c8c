"""What does using a session do to it? Nothing, in the sound portal."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Use:
    """Sessions are named by the hash of their identifier; times are seconds."""

    refreshes: int | None = None
    """So many requests for the same page, one soon after the other, end the session."""
    soon: float = 1.5
    renewed_on: frozenset[str] = frozenset()
    """Paths whose pages give the session a new identifier."""
    grace: float = 60
    """For so long the identifier before is still good."""
    cookie_again: bool = False
    """Each page sets the cookie again, so that its lifetime begins anew."""
    _last: dict[str, tuple[str, int, float]] = field(default_factory=dict)
    _renewed: dict[str, float] = field(default_factory=dict)

    def ends(self, session: str, path: str, now: float) -> bool:
        """Whether this request for `path` ends the session."""
        if self.refreshes is None:
            return False
        before, count, when = self._last.get(session, ("", 0, 0.0))
        count = count + 1 if before == path and now - when < self.soon else 1
        self._last[session] = path, count, now
        return count >= self.refreshes

    def is_over(self, session: str, now: float) -> bool:
        """Whether the session has another identifier by now, and its grace is over."""
        renewed = self._renewed.get(session)
        return renewed is not None and now >= renewed + self.grace

    def renews(self, session: str, path: str, now: float) -> bool:
        """Whether the page at `path` gives the session a new identifier; a session that has one gets no second."""
        if path not in self.renewed_on or session in self._renewed:
            return False
        self._renewed[session] = now
        return True
