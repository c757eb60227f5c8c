"""Was a file of settings with secrets in it, `.env` and the like, ever shared through the repository?"""

from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import (
    DEAD,
    ENV,
    NONE_ASKED,
    NONE_ROTATED,
    ROTATED,
    SHALLOW,
    committed,
    env_file,
    history,
    secret,
)
from launchready.checks.secrets._judged import doubts, seen, unanswered
from launchready.evidence import Missing
from launchready.evidence.secret_names import closed, named
from launchready.evidence.secrets import EnvFile, HistorySecrets, KeyStates, Rotations, Secret
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_WHERE = "the git history"


def judge(history: HistorySecrets, rotations: Rotations | Missing, states: KeyStates | Missing) -> Verdict:
    """A committed file of settings fails while a secret in it was not replaced, also when it was deleted since.

    One that holds only what everybody may know is fine: some frameworks want it committed.
    """
    read, told, unsure = list(seen(history.search, _WHERE)), [], list(doubts(history.search, _WHERE))
    secrets = named(history.search.secrets)
    for each in history.env_files:
        inside = [(name, secret) for name, secret in secrets if _holds(each, secret)]
        still = [secret for name, secret in inside if not closed(name, secret, rotations, states)]
        if still:
            told.append(
                Finding(each.path, f"{_committed(each)}; it holds {_kinds(still)}: replace each of them")
            )
        elif each.suspects:
            unsure.append(
                Doubt(
                    each.path,
                    Cause.AMBIGUOUS,
                    f"{_committed(each)}; these settings have values: {', '.join(each.suspects)}",
                    "look whether the values are real; replace those that are, and leave placeholders in the file",
                )
            )
        else:
            why = "its secrets were replaced since" if inside else "nothing in it is secret"
            read.append(Seen(each.path, f"{_committed(each)}; {why}"))
    if told:
        unsure.extend(unanswered(states, _WHERE))
    return weigh(read, told, unsure)


def _holds(file: EnvFile, secret: Secret) -> bool:
    return any(place.where == file.path for place in secret.places)


def _committed(file: EnvFile) -> str:
    now = {True: ", and still in the checked-out commit", False: ", gone since", None: ""}[file.in_head]
    return f"committed on {file.at[:10]} by {file.author}{now}"


def _kinds(secrets: Iterable[Secret]) -> str:
    kinds = [each.kind for each in secrets]
    return ", ".join(
        f"{kinds.count(kind)} x {kind}" if kinds.count(kind) > 1 else kind for kind in dict.fromkeys(kinds)
    )


CHECK = Check(
    asks="Were no passwords and keys ever shared in a committed .env file?",
    risk=Risk.CRITICAL,
    why=(
        "A .env file holds all keys of the portal at once. Committed once, it is in every clone for good, so everybody "
        "who ever worked on the portal can read the database, send its mail and take its payments."
    ),
    fix=Fix(
        owner=(
            "Treat every key in that file as known to strangers: have each of them replaced at its provider. Deleting "
            "the file is not enough. From now on give keys to people one by one, through a password manager."
        ),
        engineer=(
            "Replace every value in the file, not only those that a scanner knows. Then `git rm --cached .env`, put "
            "`.env*` and `!.env.example` into .gitignore, and commit a .env.example with names and placeholders.\n"
            "Keep the real values in the host's settings (Render, Fly, Heroku, Vercel: environment variables), in "
            "Docker or Kubernetes secrets, or in a store such as Vault, Doppler, 1Password, AWS Secrets Manager.\n"
            "Give each environment its own keys, so that a developer's file opens nothing in production."
        ),
        undo="Put the file back from a backup that is not in the repository; the replaced keys stay replaced.",
        verify=(
            "`git log --all --oneline -- .env` tells since when it was there; each key of that time must be dead. Declare "
            "them under [[rotated]], then run `launchready audit --check secrets/env-shared`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-04", "WSTG-INFO-05"),
    asvs=("V13.3.1", "V13.3.2"),
    cwe=(540, 260, 522),
    red_flag="Passwords and keys were shared in a .env file that is in the repository.",
)

_KEY = secret(committed(), in_head=True)

CHECK.example("none was ever committed", Pass, history(), NONE_ROTATED, NONE_ASKED)
CHECK.example(
    "one with public settings only", Pass, history(env=(env_file(".env"),)), NONE_ROTATED, NONE_ASKED
)
CHECK.example("its key was replaced since", Pass, history(_KEY, env=(env_file(ENV),)), ROTATED, NONE_ASKED)
CHECK.example(
    "one with a live key is there",
    Fail,
    history(_KEY, env=(env_file(ENV, in_head=True),)),
    NONE_ROTATED,
    NONE_ASKED,
)
CHECK.example(
    "one was there and was deleted", Fail, history(_KEY, env=(env_file(ENV),)), NONE_ROTATED, NONE_ASKED
)
CHECK.example(
    "a setting called DB_PASSWORD has a value that nobody can judge",
    Unknown,
    history(env=(env_file(".env", suspects=("DB_PASSWORD",)),)),
    NONE_ROTATED,
    NONE_ASKED,
)
CHECK.example("the clone is shallow", Unknown, history(gaps=(SHALLOW,)), NONE_ROTATED, NONE_ASKED)
CHECK.example(
    "its only key is refused by its provider", Pass, history(_KEY, env=(env_file(ENV),)), NONE_ROTATED, DEAD
)
