"""In what manner does quay answer? Each knob makes it odd, and leaves it sound; a look-alike turns one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class QuayManner:
    """Read anew at each request."""

    batch_nulls: bool = False
    """A batch answers null for what the caller may not read."""
    catalogue: bool = False
    """There is a catalogue, the same for all clients, under identifiers that cannot be guessed."""
    colleague: bool = False
    """Wanda works for Ardent Coffee as well, and sees what Tess sees."""
    counts_everything: bool = False
    """Lists say how many records there are in all, of whatever client."""
    customers: bool = False
    """Whose goods quay moves is told to everybody, strangers included."""
    deletes_silently: bool = False
    """Deleting answers 204 whether or not there was anything that the caller may delete."""
    echoes: bool = False
    """Refusals say the identifier that was asked for."""
    empty_exports: bool = False
    """An export of another client is a file with a head and no rows."""
    equal_titles: bool = False
    """All clients' projects have the same title and the same note."""
    feed_mentions: bool = False
    """The feed has news for all, which mention other clients' references."""
    filter_ignored: bool = False
    """A filter by another client does not refuse: the list is cut to the caller's own."""
    graphql_says_why: bool = False
    """An order that is not the caller's is an error in GraphQL, with status 200, and not only null."""
    introspection_for_all: bool = False
    """Strangers may read the schema of the GraphQL endpoint."""
    node_null: bool = False
    """A node that is not the caller's is null in GraphQL, and no error."""
    nonces: bool = False
    """Answers about one order have a nonce, a time and a tag that are new each time."""
    null_for_missing: bool = False
    """What is not there, or not the caller's, is answered 200 with null."""
    overview: bool = False
    """Staff of the house have a page with all clients' orders on it."""
    patch_unchanged: bool = False
    """Changes of orders wait for somebody's approval: the answer is the order as it was."""
    patch_counts: bool = False
    """A change of an order that is not the caller's is answered 200: none was changed."""
    price_ignored: bool = False
    """Fields that the caller must not set are passed over in silence."""
    refused_with_200: bool = False
    """What is not there, or not the caller's, is answered 200 with the words of the refusal."""
    role_echoed: bool = False
    """Changing one's own account answers with all that was sent, and keeps what may be changed."""
    shuffled: bool = False
    """Lists come in another order each time."""
    signed_links: bool = False
    """Files have links, signed and good for an hour, that need no token."""
    status_board: bool = False
    """The status that strangers may read says what happened lately, under identifiers."""
    templates: bool = False
    """Everybody's files include the same templates."""
    tenant_echoed: bool = False
    """Lists say which client the request was about by its header, and hold the caller's own all the same."""
