"""Secrets that were found, as people read them: where each is, who has it, and how it is replaced."""

from launchready.report._reading import plural
from launchready.scorecard import SecretPlace, SecretRow, SecretTable

RANKS = {
    1: "moves money",
    2: "opens data or machines",
    3: "sends messages in the portal's name",
    4: "gets in, or changes what is built",
    5: "runs up a bill, or reads figures",
}
"""What somebody does with a secret of this rank."""


def tally(table: SecretTable) -> str:
    """`3 secrets, 2 still to be replaced`, and whether all was read."""
    count = len(table.secrets)
    unread = "; not all was read" if table.unread else ""
    if not count:
        return ("none in what was read" if table.unread else "none") + unread
    still = sum(row.state in ("open", "live") for row in table.secrets)
    replaced = f"{still} still to be replaced" if still else "none still to be replaced"
    return f"{plural(count, 'secret')}, {replaced}{unread}"


def closed(row: SecretRow) -> str:
    """Why nobody can use it any more; empty where somebody can."""
    if row.state == "dead":
        return f"refused by its provider ({row.state_by})"
    return f"replaced by {row.state_by}" if row.state == "replaced" else ""


def state_told(row: SecretRow) -> str:
    """By whose word it is in a state that does not close it; empty where nobody said anything."""
    if row.state == "live":
        return f"its provider still takes it ({row.state_by})"
    still = row.state_by and not closed(row)
    return f"declared replaced by {row.state_by}, and still there" if still else ""


def who_has_it(row: SecretRow) -> str:
    """Who can read it, at worst."""
    if row.reachable:
        strangers = any(place.who in ("", "anonymous") and _web(place) for place in row.places)
        return "everybody on the web" if strangers else "everybody who can sign in"
    if any(place.surface in ("history", "dangling object") for place in row.places):
        return "everybody with a clone of the repository"
    if any(place.surface == "log" for place in row.places):
        return "everybody who reads the logs"
    return "everybody with a copy of the folder"


def since(row: SecretRow) -> str:
    """Since when it is in the repository, by whom, and whether it still is."""
    if not row.first_seen:
        return ""
    names = ", ".join(row.authors[:3]) + (f" and {len(row.authors) - 3} more" if len(row.authors) > 3 else "")
    last = f", last on {row.last_seen}" if row.last_seen != row.first_seen else ""
    now = {True: "; in the checked-out commit", False: "; gone from the checked-out commit", None: ""}[
        row.in_head
    ]
    return f"committed on {row.first_seen}{last}" + (f" by {names}" if names else "") + now


def places(row: SecretRow, most: int = 5) -> str:
    """Where it stands, each place once."""
    told = list(dict.fromkeys(map(_place, row.places)))
    more = len(told) - most + row.places_left_out
    return "; ".join(told[:most]) + (f"; and {more:,} more" if more > 0 else "")


def replaced_where(row: SecretRow) -> str:
    """How, and the page."""
    return f"{row.step} ({row.page})" if row.page else row.step


def _place(place: SecretPlace) -> str:
    told = f"{place.surface} {place.where}"
    if place.commit:
        told += f" in {place.commit[:10]}"
    return told + (f" (as {place.who})" if place.who not in ("", "anonymous") else "")


def _web(place: SecretPlace) -> bool:
    return place.where.startswith(("http://", "https://"))
