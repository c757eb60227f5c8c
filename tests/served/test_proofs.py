"""What a file is, is shown by its content: the real thing is known, what only talks about it is not."""

import gzip
import json

import pytest

from launchready.collect.exposing.candidates import exposed_files, in_folders, made_up, named_by_robots, usual
from launchready.collect.exposing.listing import listed
from launchready.collect.exposing.proofs import PROOFS

HELP = b"<!doctype html><html><title>Help</title><body><pre>DB_PASSWORD=x\n[core]\nref: refs/heads/main\nCREATE TABLE a;</pre></body></html>"
REAL: list[tuple[str, bytes]] = [
    ("assignments", b"APP_ENV=production\r\nDB_PASSWORD='a b'\r\n"),
    ("assignments", b"# settings\nexport API_KEY=abc\n\n"),
    ("git-head", b"ref: refs/heads/feature/pay\n"),
    ("git-head", b"3b18e512dba79e4c8300dd08aeb37f8e728b8dad\n"),
    ("git-config", b"[core]\n\trepositoryformatversion = 0\n\tbare = false\n"),
    ("git-index", b"DIRC\0\0\0\2\0\0\1\0"),
    ("address-with-password", b"https://bot:word@git.example.com\n"),
    ("sqlite", b"SQLite format 3\0\x10\0"),
    ("svn-entries", b"12\n\ndir\n4711\nhttps://svn.example.com\n"),
    ("hg-requires", b"dotencode\nfncache\nstore\n"),
    ("ds-store", b"\0\0\0\1Bud1\0\0"),
    ("dump", b"--\n-- PostgreSQL database dump\n--\n"),
    ("dump", b"PGDMP\1\16"),
    ("dump", gzip.compress(b"INSERT INTO a VALUES (1);" * 50, mtime=0)),
    ("archive", b"PK\3\4\24\0"),
    ("archive", b"7z\xbc\xaf\x27\x1c\0"),
    ("source", b"<?php\n$a = 1;\n"),
    ("source", b"import os\nfrom pathlib import Path\nDEBUG = True\n"),
    ("source", b"#!/usr/bin/perl\nprint 1;\n"),
    ("vim-swap", b"b0VIM 8.2\0\0"),
    ("web-config", b'\xef\xbb\xbf<?xml version="1.0"?>\n<configuration>\n</configuration>'),
    ("appsettings", b'{"Logging": {}, "AllowedHosts": "*"}'),
    ("spring-settings", b"spring.datasource.url=jdbc:x\n"),
    ("spring-settings", b"spring:\n  datasource:\n    url: jdbc:x\n"),
    ("database-yml", b"production:\n  adapter: postgresql\n"),
    ("compose", b"services:\n  db:\n    image: postgres\n"),
    ("dockerfile", b"FROM python:3.12\nRUN pip install x\n"),
    ("npmrc", b"//registry.example.com/:_authToken=abcdef\n"),
    ("htpasswd", b"admin:$2y$10$abcdefghijklmnopqrstuv\n"),
    ("htpasswd", b"admin:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n"),
    ("private-key", b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + b"A" * 64 + b"\n-----END"),
    ("aws-credentials", b"[default]\naws_access_key_id = x\n"),
    ("docker-config", b'{"auths": {"registry.example.com": {}}}'),
    ("sftp", b'{"host": "a", "username": "b"}'),
    ("terraform", b'{"terraform_version": "1.9", "resources": []}'),
    ("shell-history", b"cd /srv\nls -la\nsudo systemctl restart nginx\nvim .env\n"),
    ("log", b"[2026-11-20 08:12:44] production.ERROR: x\n[2026-11-20 08:13:02] production.INFO: y\n"),
    ("log", b"[20-Nov-2026 08:12:44 UTC] PHP Warning: x\n[20-Nov-2026 08:13:44 UTC] PHP Warning: y\n"),
    ("actuator", json.dumps({"_links": {"self": {}, "env": {}}}).encode()),
    ("actuator-env", b'{"propertySources": [{"name": "x"}]}'),
    ("phpinfo", b"<html><title>PHP 8.3 - phpinfo()</title><h1 class=p>PHP Version 8.3.1</h1>"),
    (
        "server-status",
        b"<title>Apache Status</title><h1>Apache Server Status for x</h1><dt>Server uptime: 1</dt>",
    ),
    ("server-info", b"<title>Server Information</title><h1>Apache Server Information</h1>"),
    ("pprof", b"<title>/debug/pprof/</title><a href=goroutine>goroutine</a>"),
    ("expvar", b'{"cmdline": ["/srv/x"], "memstats": {}}'),
    ("werkzeug-console", b"<title>Console // Werkzeug Debugger</title><script>EVALEX = true</script>"),
    ("symfony-profiler", b"<title>Symfony Profiler</title><a href=/_profiler/1>x</a>"),
    ("telescope", b"<title>Telescope - App</title><script>window.Telescope = {}</script>"),
    ("axd", b"<title>Error log for /LM on WEB1</title><a href=elmah.axd/rss>x</a>"),
    ("rails-info", b"<td>Rails version</td><td>Middleware</td><td>Application root</td>"),
]
NOT_REAL: list[tuple[str, bytes]] = [
    ("assignments", b"VITE_TITLE=Crates\nNEXT_PUBLIC_API=/v1\n"),
    ("assignments", b"status=ok\n"),
    ("assignments", b"a=1&b=2"),
    ("assignments", b"Write DB_PASSWORD=secret into the file.\nThen start it.\nA=b\n"),
    ("git-head", b"ref: what is it?\n"),
    ("git-head", b'{"error": "not found"}'),
    ("svn-entries", b"12\n"),
    ("dump", b"To make a table, write CREATE TABLE a;"),
    ("dump", gzip.compress(b"words", mtime=0)),
    ("source", b"import duties are paid by the buyer\n"),
    ("appsettings", b'{"theme": "dark"}'),
    ("npmrc", b"registry=https://registry.example.com/\n"),
    ("npmrc", b"//registry.example.com/:_authToken=${NPM_TOKEN}\n"),
    ("htpasswd", b"name: value of something\n"),
    ("private-key", b"-----BEGIN PUBLIC KEY-----\n" + b"A" * 64),
    ("private-key", b"Paste what stands below -----BEGIN PRIVATE KEY----- here."),
    ("actuator", b'{"_links": {"self": {}, "health": {}, "info": {}}}'),
    ("actuator-env", b'{"propertySources": []}'),
    ("phpinfo", b"<title>How to use phpinfo()</title><p>It shows the PHP Version.</p>"),
    ("server-status", b"<title>Server status</title><p>Server uptime: 99.98 %</p>"),
    ("log", b"<title>2026-11-20 08:12</title>"),
    ("shell-history", b"cd is a command.\n"),
    ("terraform", b'{"version": 4}'),
]


def names(cases: list[tuple[str, bytes]]) -> list[str]:
    return [f"{at}-{name}" for at, (name, _) in enumerate(cases)]


@pytest.mark.parametrize(("proof", "body"), REAL, ids=names(REAL))
def test_the_real_thing_is_known(proof: str, body: bytes) -> None:
    assert PROOFS[proof](body)


@pytest.mark.parametrize(("proof", "body"), NOT_REAL, ids=names(NOT_REAL))
def test_what_is_only_like_it_is_not(proof: str, body: bytes) -> None:
    assert not PROOFS[proof](body)


@pytest.mark.parametrize("proof", sorted(PROOFS))
def test_nothing_is_proved_by_a_page_about_it_by_nothing_or_by_noise(proof: str) -> None:
    for body in (HELP, b"", b"\0\xff\xfe\1" * 9, b"[]", b"{}", b"null", b"ok\n", b"[" * 9000):
        assert not PROOFS[proof](body)


def test_words_name_settings_and_never_values() -> None:
    said = PROOFS["assignments"](b"DB_PASSWORD=hunter2hunter2\nAPI_KEY=k\nA_B=1\nC_D=1\nE_F=1\n")
    assert said == "it sets DB_PASSWORD, API_KEY, A_B, C_D and 1 more"


def test_every_proof_that_the_list_names_is_there_and_used() -> None:
    rules = exposed_files()
    used = {kind["proof"] for kind in rules["kind"]} | {*rules["named"]["proofs"].values()}
    assert used - {"secrets"} == set(PROOFS)


def test_a_host_is_asked_for_ninety_addresses_at_most() -> None:
    own = list(usual("portal.example.com", leads_elsewhere=False))
    folders = list(in_folders(f"/f{at}/g{at}/a.js" for at in range(50)))
    assert len({each.path for each in (*own, *folders)}) <= 90
    assert "/portal.zip" in {each.path for each in own}
    assert len(list(usual("portal.example.com", leads_elsewhere=True))) <= 6


def test_folders_are_those_that_hold_files() -> None:
    asked = [
        each.path for each in in_folders(["/", "/a/b/x.js", "/a/b/y.css", "/a/z.png", "/clients/17/edit"])
    ]
    assert asked == ["/", "/a/", "/a/b/", "/a/.git/HEAD", "/a/.env", "/a/b/.git/HEAD", "/a/b/.env"]


def test_robots_names_files_of_a_kind_that_is_not_for_reading() -> None:
    robots = "User-agent: *\nDisallow: /old/a.sql\nDisallow: /account\nAllow: /b.zip$\nDisallow: /*.log\n"
    assert [each.path for each in named_by_robots(robots)] == ["/old/a.sql", "/b.zip"]


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("/.env", "/launchready-no-such-.env"),
        ("/a/b.zip", "/a/launchready-no-such-b.zip"),
        ("/debug/pprof/", "/debug/launchready-no-such-pprof/"),
    ],
)
def test_an_address_made_up_ends_as_the_other(path: str, beside: str) -> None:
    assert made_up(path) == beside


URL = "https://portal.example/files/"
NGINX = (
    '<html>\r\n<head><title>Index of /files/</title></head>\r\n<body>\r\n<h1>Index of /files/</h1><hr><pre><a href="../">../</a>\r\n'
    '<a href="a.pdf">a.pdf</a>      12-Nov-2026 09:14     18234\r\n<a href="b/">b/</a>  12-Nov-2026 09:14   -\r\n</pre><hr></body></html>'
)
APACHE = (
    "<html><head><title>Index of /files</title></head><body><h1>Index of /files</h1><table><tr><th><a href='?C=N;O=D'>Name</a></th>"
    "<th><a href='?C=M;O=A'>Last modified</a></th></tr><tr><td><a href='/'>Parent Directory</a></td></tr>"
    "<tr><td><a href='a.pdf'>a.pdf</a></td><td>2026-11-12 09:14</td></tr></table><address>Apache</address></body></html>"
)
PYTHON = "<title>Directory listing for /files/</title><h1>Directory listing for /files/</h1><ul><li><a href=a.pdf>a.pdf</a></ul>"
IIS = (
    "<html><head><title>portal.example - /files/</title></head><body><H1>portal.example - /files/</H1><hr><pre>"
    '<A HREF="/">[To Parent Directory]</A><br><br> 1/2/2026 9:14 AM  18234 <A HREF="/files/a.pdf">a.pdf</A><br></pre></body></html>'
)


@pytest.mark.parametrize("body", [NGINX, APACHE, PYTHON, IIS], ids=["nginx", "apache", "python", "iis"])
def test_a_servers_own_list_is_known(body: str) -> None:
    assert URL + "a.pdf" in listed(body.encode(), URL)


@pytest.mark.parametrize(
    "body",
    [
        NGINX.replace("</pre>", '</pre><a href="/terms">Terms</a>'),
        NGINX.replace("</pre>", '</pre><a href="https://elsewhere.example/">More</a>'),
        NGINX.replace("</pre>", "</pre><form action=/search><input name=q></form>"),
        NGINX.replace('<a href="a.pdf">a.pdf</a>', "").replace('<a href="b/">b/</a>', ""),
        NGINX.replace("Index of /files/", "Our brochures"),
        NGINX.replace(
            "</pre>", "</pre>" + "<p>These are the brochures of the last years, as we printed them.</p>" * 9
        ),
        NGINX.replace("Index of /files/", "Index of all our files"),
        "",
        "<p>Index of /files/</p>",
    ],
)
def test_a_page_that_somebody_made_is_not(body: str) -> None:
    assert listed(body.encode(), URL) == ()


def test_the_list_of_the_root_is_known_and_a_start_page_is_not() -> None:
    root = "https://portal.example/"
    assert listed(NGINX.replace("/files/", "/").encode(), root) == (root + "a.pdf", root + "b/")
    assert listed(b"<title>Crates</title><h1>Crates</h1><a href=/about>About</a>", root) == ()
