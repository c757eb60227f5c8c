"""Real mail servers: knot and unbound, postfix with opendkim, postfix with rspamd, dovecot; their configurations are in conf/.

All run in a network of their own, so they may have the ports that everybody has.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import dns.message
import dns.query
from running import listens, run, started, until

from launchready_testbed.dns import Zone
from launchready_testbed.mail.sending import SOURCE, Signing

CONFIGURATIONS = Path(__file__).parent / "conf"
HERE, TAKES_AT = "127.0.0.1", "203.0.113.26"
RELAY, KNOT, SIGNER, FILTER, LMTP, IMAPS = 2525, 5353, 8891, 11332, 2424, 993
NOBODY = 65534


class Account(NamedTuple):
    """A mailbox that dovecot serves."""

    address: str
    password: str


def own_network(state: Path) -> None:
    """Give this namespace loopback with the addresses of sender and receiver, and our resolver."""
    run("ip", "link", "set", "lo", "up")
    for address in (SOURCE, TAKES_AT):
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
    resolver = state / "resolv.conf"
    resolver.write_text(f"nameserver {HERE}\n")
    run("mount", "--bind", resolver, "/etc/resolv.conf")


class Servers:
    """All of them, running. `state` is a folder that they may look into; mail.pem in it is dovecot's certificate."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._running, self._signer = ExitStack(), ExitStack()
        self._serial = 2026000000

    @classmethod
    @contextmanager
    def up(cls, state: Path, zones: Mapping[str, Zone], accounts: tuple[Account, ...]) -> Iterator["Servers"]:
        """Started in the order in which they need each other."""
        servers = cls(state)
        with servers._running, servers._signer:
            servers._names(zones)
            servers._filter()
            servers._mailboxes(accounts)
            servers._postfix("taking", TAKES_AT, 25)
            servers._postfix("sending", HERE, RELAY)
            yield servers

    def show(self, zones: Mapping[str, Zone], signatures: list[Signing]) -> None:
        """Let names and signatures be those of another world."""
        self._write_zones(zones)
        run("knotc", "-c", self._state / "knot.conf", "zone-reload")
        until("the zones are served anew", lambda: all(map(self._is_new, zones)), self._state)
        self._signer.close()
        self._sign(signatures)

    def _is_new(self, apex: str) -> bool:
        reply = dns.query.udp(dns.message.make_query(apex, "SOA"), HERE, port=KNOT, timeout=2)
        return str(self._serial) in reply.to_text()

    def _start(self, name: str, *command: str | Path, where: tuple[str, int]) -> None:
        process = self._running.enter_context(started(self._state, name, *command))
        until(f"{name} listens", lambda: listens(where), self._state, process)

    def _folder(self, *parts: str, owner: str | int = 0) -> Path:
        made = self._state.joinpath(*parts)
        made.mkdir(parents=True)
        shutil.chown(made, owner)
        return made

    def _write(self, name: str, text: str) -> Path:
        path = self._state / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def _configured(self, name: str, target: str = "", **values: str) -> Path:
        """A configuration with the places filled in, written into the state folder."""
        text = (CONFIGURATIONS / name).read_text()
        for place, value in {"STATE": str(self._state), **values}.items():
            text = text.replace(f"@{place}@", value)
        return self._write(target or name, text)

    def _write_zones(self, zones: Mapping[str, Zone]) -> None:
        self._serial += 1
        for apex, zone in zones.items():
            lines = []
            for name, kinds in zone.records.items():
                for kind, values in kinds.items():
                    lines += [f"{name}. 0 IN {kind} {self._numbered(kind, value)}" for value in values]
            self._write(f"zones/{apex}.zone", "\n".join(lines) + "\n")

    def _numbered(self, kind: str, value: str) -> str:
        """A record as it is served: that of the zone tells which world it is from."""
        if kind != "SOA":
            return value
        fields = value.split()
        return " ".join((*fields[:2], str(self._serial), *fields[3:]))

    def _names(self, zones: Mapping[str, Zone]) -> None:
        self._folder("knot")
        self._write_zones(zones)
        served = (f'  - domain: {apex}\n    file: "{self._state}/zones/{apex}.zone"' for apex in zones)
        knot = self._configured("knot.conf", ZONES="\n".join(served))
        self._start("knot", "knotd", "-c", knot, where=(HERE, KNOT))
        stubs = (f'stub-zone:\n  name: "{apex}"\n  stub-addr: {HERE}@{KNOT}' for apex in zones)
        unbound = self._configured("unbound.conf", STUBS="\n".join(stubs))
        self._start("unbound", "unbound", "-d", "-c", unbound, where=(HERE, 53))

    def _filter(self) -> None:
        self._folder("rspamd", owner="_rspamd")
        self._write("suffixes", "test\n")
        command = ("rspamd", "-f", "-u", "_rspamd", "-g", "_rspamd", "-c", self._configured("rspamd.conf"))
        self._start("rspamd", *command, where=(HERE, FILTER))

    def _mailboxes(self, accounts: tuple[Account, ...]) -> None:
        self._folder("dovecot")
        self._folder("mailboxes", owner=NOBODY)
        users = self._write(
            "dovecot.users", "".join(f"{each.address}:{{PLAIN}}{each.password}::::::\n" for each in accounts)
        )
        users.chmod(0o600)
        shutil.chown(users, "dovecot")
        run("sievec", self._configured("junk.sieve"))
        self._start("dovecot", "dovecot", "-F", "-c", self._configured("dovecot.conf"), where=(HERE, IMAPS))
        until("dovecot takes letters", lambda: listens((HERE, LMTP)), self._state)

    def _postfix(self, name: str, address: str, port: int) -> None:
        home = self._folder(name)
        self._folder(name, "queue")
        self._folder(name, "data", owner="postfix")
        self._configured("master.cf", f"{name}/conf/master.cf", LISTENER=f"{address}:{port}")
        conf = self._configured("main.cf", f"{name}/conf/main.cf", HOME=str(home))
        with conf.open("a") as more:
            more.write((CONFIGURATIONS / f"{name}.cf").read_text())
        self._start(name, "postfix", "-c", conf.parent, "start-fg", where=(address, port))

    def _sign(self, signatures: list[Signing]) -> None:
        """Start the signer anew, with one signature or none."""
        keys, table = "", ""
        for each in signatures:
            key = self._write(f"keys/{each.selector}.{each.domain}.pem", each.key.private.decode())
            key.chmod(0o600)
            keys += f"key {each.domain}:{each.selector}:{key}\n"
            table += "* key\n"
        self._write("opendkim.keys", keys)
        self._write("opendkim.table", table)
        command = ("opendkim", "-f", "-x", self._configured("opendkim.conf"))
        process = self._signer.enter_context(started(self._state, "opendkim", *command))
        until("opendkim listens", lambda: listens((HERE, SIGNER)), self._state, process)
