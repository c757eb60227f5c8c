"""What does a portal file for the bed say?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

OWNER = "Portal Owner <owner@lab.test>"


def portal_file(facts: Mapping[str, Any], portal: str, *, identities: bool, active: bool) -> str:
    """Text of a launchready.toml for `portal`, from what the child process told.

    `identities` adds who may be signed in as, their mailboxes, and the recipe of the login if there is one;
    `active` adds the owner's consent to more than reading.
    Raises LookupError when there is no such portal.
    """
    told = facts["portals"].get(portal)
    if told is None:
        raise LookupError(f"no portal of the present world is called {portal!r}")
    redirects = ", ".join(f"{{from = {_toml(old)}, to = {_toml(new)}}}" for old, new in told["redirects"])
    hosts = f"hosts = {_toml(told['scope'])}\n" if identities and told["scope"] else ""
    agreed = 'active = true\nauthorised_by = "Portal Owner"\n' if active else ""
    text = f"""\
[portal]
name = {_toml(told["name"])}
url = {_toml(told["url"])}
owner = {_toml(OWNER)}
hosts = {_toml(told["hosts"])}
plain_http_port = {facts["http_port"]}
redirects = [{redirects}]

[scope]
{agreed}{hosts}addresses = ["127.0.0.0/8"]

[crawl]
requests_per_second = 1000

[resolver]
nameservers = [{_toml(facts["nameserver"])}]

[tls]
extra_ca = [{_toml(facts["ca_file"])}]
"""
    if told["source"]:
        text += f"\n[repo]\npath = {_toml(told['source'])}\n"
    if told["logs"]:
        text += f"\n[logs]\npaths = {_toml(told['logs'])}\n"
    if told["email"]:
        text += "\n[email]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in told["email"].items())
    if not identities:
        return text
    if told["login_steps"]:
        steps = ",\n".join(f"  {_inline(step)}" for step in told["login_steps"])
        text += f"\n[login]\nrecipe = [\n{steps},\n]\n"
    sections = {"identity": "identities", "mailbox": "mailboxes", "mail": "mails", "access": "access"}
    for section, key in sections.items():
        for entry in told[key]:
            lines = "\n".join(f"{name} = {_toml(value)}" for name, value in entry.items())
            text += f"\n[[{section}]]\n{lines}\n"
    return text


def _toml(value: Any) -> str:
    """A string, number, truth value, or a list of strings: as JSON writes them, so does TOML."""
    return json.dumps(value, ensure_ascii=False)


def _inline(step: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{name} = {_toml(value)}" for name, value in step.items()) + " }"
