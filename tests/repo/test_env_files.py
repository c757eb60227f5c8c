"""Which file is a running program's settings, and which of its settings look secret."""

import pytest

from launchready.collect._env_files import is_env_file, suspects


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "a/.env",
        ".env.production",
        "deploy/.env.local",
        "prod.env",
        ".envrc",
        "docker/web.env",
        ".ENV",
    ],
)
def test_files_of_settings(path: str) -> None:
    assert is_env_file(path)


@pytest.mark.parametrize(
    "path",
    [
        ".env.example",
        "a/.env.sample",
        ".env.template",
        ".env.dist",
        "example.env",
        "env.py",
        "environment.ts",
        "a.envelope",
    ],
)
def test_samples_and_other_files(path: str) -> None:
    assert not is_env_file(path)


@pytest.mark.parametrize(
    "line",
    [
        "DB_PASSWORD=tr0ub4dor",
        "export API_TOKEN='x9k2m4'",
        "APP_SECRET = lorem-ipsum-dolor",
        "MASTER_KEY=9a8b7c6d5e",
    ],
)
def test_a_value_under_a_secrets_name_is_suspect(line: str) -> None:
    name = line.removeprefix("export ").partition("=")[0].strip()
    assert suspects(f"A=1\n{line}\n", frozenset()) == (name,)


@pytest.mark.parametrize(
    "line",
    [
        "DB_PASSWORD=",
        "DB_PASSWORD=${DB_PASSWORD}",
        "DB_PASSWORD=<password>",
        "API_TOKEN=your-token-here",
        "APP_SECRET=changeme",
        "APP_SECRET=xxxxxxxx",
        "NEXT_PUBLIC_API_KEY=a1b2c3d4e5",
        "TOKEN_TTL=3600",
        "PASSWORD_RESET_URL=https://portal.example/reset",
        "KEYBOARD=qwertz",
        "SECRET_NAME=portal/prod",
        "# DB_PASSWORD=tr0ub4dor",
    ],
)
def test_placeholders_and_what_is_public_are_not(line: str) -> None:
    assert suspects(line + "\n", frozenset()) == ()


def test_what_was_found_anyway_is_not_told_twice() -> None:
    assert suspects("A=1\nDB_PASSWORD=tr0ub4dor\n", frozenset({2})) == ()
