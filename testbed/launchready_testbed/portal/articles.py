"""What does the help centre say? Twelve articles, and as many more as a benchmark wants."""

from __future__ import annotations

from dataclasses import dataclass

_TOPICS = (
    ("Signing in", "Open the portal, type your address and your password, and press the button."),
    ("Opening a ticket", "Describe what you wanted to do, what you did, and what happened instead."),
    ("Reading an invoice", "Each invoice shows its number, the amount, the due date and whether it is paid."),
    (
        "Downloading documents",
        "Choose a document in the list; your browser keeps it in its downloads folder.",
    ),
    (
        "Uploading documents",
        "Files up to one megabyte are taken; larger ones we fetch from you in another way.",
    ),
    ("Deciding an approval", "Read what is asked, then approve or decline. A decision cannot be taken back."),
    ("Changing your password", "Ask for a new one on the log-in page and follow the letter that comes."),
    (
        "Inviting a colleague",
        "Write us a ticket with the name and the address; we add the person the same day.",
    ),
    ("Leaving a computer", "Log out when you leave. The session then ends on our side as well."),
    ("Finding old tickets", "Use the search above the list, or turn the pages back."),
    ("Opening hours", "We answer on weekdays from 8 to 18, and the status page tells when we cannot."),
    ("Keeping data safe", "Every client sees its own records only. Our staff see what they work on."),
)
_SENTENCES = (
    "The crane at the north quay lifts until the tide turns.",
    "Every berth has a number, and every number has a keeper.",
    "A good rope is checked before it is needed.",
    "The harbour office keeps the list of arrivals on the wall.",
    "When the fog comes in, the bell is rung each minute.",
    "Ask the pilot early, for pilots are few in spring.",
)
_LONG_PARAGRAPHS = 22  # of six sentences each: about 8 kB of HTML


@dataclass(frozen=True)
class Article:
    """One page of the help centre."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]


class HelpCentre:
    """The articles in their order, each with some that are worth reading next."""

    def __init__(self, further: int) -> None:
        articles = [Article(_slug(title), title, (words, *_SENTENCES[:2])) for title, words in _TOPICS]
        articles.extend(_long(number) for number in range(1, further + 1))
        self.articles = tuple(articles)
        self._places = {article.slug: place for place, article in enumerate(articles)}

    def find(self, slug: str) -> Article | None:
        """The article with this slug."""
        place = self._places.get(slug)
        return None if place is None else self.articles[place]

    def related(self, article: Article) -> tuple[Article, ...]:
        """The neighbours and some further away: every article can be reached from every other."""
        place, count = self._places[article.slug], len(self.articles)
        return tuple(self.articles[(place + step) % count] for step in (1, -1, 7, 31))


def _long(number: int) -> Article:
    paragraphs = tuple(
        f"{number}.{part}. "
        + " ".join(_SENTENCES[(number + part + step) % len(_SENTENCES)] for step in range(6))
        for part in range(1, _LONG_PARAGRAPHS + 1)
    )
    return Article(f"harbour-note-{number}", f"Harbour note {number}", paragraphs)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")
