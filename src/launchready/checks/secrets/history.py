"""Does the repository's history hold a secret, in any version of any file, or in what people wrote to commits?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import (
    DEAD,
    LIVE,
    NONE_ASKED,
    NONE_ROTATED,
    ROTATED,
    ROTATED_EARLY,
    SHALLOW,
    committed,
    history,
    secret,
)
from launchready.checks.secrets._judged import judged
from launchready.evidence import Missing
from launchready.evidence.secrets import HistorySecrets, KeyStates, Place, Rotations, Search
from launchready.verdict import Fail, Pass, Unknown, Verdict


def judge(history: HistorySecrets, rotations: Rotations | Missing, states: KeyStates | Missing) -> Verdict:
    """Each secret that ever was committed fails until it was replaced; what was not read of the history is unknown."""
    return judged(history.search, where="the git history", rotations=rotations, states=states)


CHECK = Check(
    asks="Is the whole history of the repository free of keys and passwords?",
    risk=Risk.CRITICAL,
    why=(
        "Whoever has a clone has every version of every file: past employees, contractors, a laptop that was lost, a "
        "build service, a fork. A key that was deleted last year still opens payments, mail or the database today."
    ),
    fix=Fix(
        owner=(
            "Have each key in the list replaced at its provider, the ones for payments and the database first; "
            "`launchready secrets rotate-list` gives the pages. Deleting the line from the file does not help: "
            "the key must stop working. Then write a [[rotated]] entry for each into launchready.toml."
        ),
        engineer=(
            "Replace first, clean up afterwards: make a new key, give it to the running portal through the environment "
            "or a secret store, see the portal work, then revoke the old one.\n"
            "Rewriting the history (git filter-repo --replace-text) makes sense only after that, needs everybody to "
            "clone anew, and does not reach forks, caches and backups; a rotated key may stay where it is.\n"
            "Keep the next one out: run `launchready secrets guard` as a pre-commit hook and on each pull request."
        ),
        undo="A revoked key cannot be brought back; make another one. Keep the old one until the portal runs on the new.",
        verify=(
            "Ask the provider for the key's state: it must be gone or revoked. Declare it under [[rotated]], or let the "
            "provider be asked (verify = true in [secrets], and --active), then run "
            "`launchready audit --check secrets/history`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-INFO-05", "WSTG-CONF-04"),
    asvs=("V13.3.1", "V13.3.4"),
    cwe=(798, 540, 312),
    red_flag="Keys of the portal are in its repository's history, where everybody with a clone can read them.",
)

_HELD = secret(committed(), in_head=True)

CHECK.example("all of it was read, and there is none", Pass, history(), NONE_ROTATED, NONE_ASKED)
CHECK.example("one was committed, and was replaced since", Pass, history(_HELD), ROTATED, NONE_ASKED)
CHECK.example("a key was committed", Fail, history(_HELD), NONE_ROTATED, NONE_ASKED)
CHECK.example(
    "it was deleted in the next commit",
    Fail,
    history(secret(committed(), in_head=False)),
    NONE_ROTATED,
    NONE_ASKED,
)
CHECK.example("it was replaced, and committed after that", Fail, history(_HELD), ROTATED_EARLY, NONE_ASKED)
CHECK.example(
    "no branch leads to it any more, and the object is still there",
    Fail,
    history(secret(Place("dangling object", "object 5ac2d9017e", 1))),
    NONE_ROTATED,
    NONE_ASKED,
)
CHECK.example(
    "a key was committed, and the clone is shallow",
    Fail,
    history(_HELD, gaps=(SHALLOW,)),
    NONE_ROTATED,
    NONE_ASKED,
)
CHECK.example("the clone is shallow", Unknown, history(gaps=(SHALLOW,)), NONE_ROTATED, NONE_ASKED)
CHECK.example(
    "there is no commit yet", Unknown, HistorySecrets(Search("Kingfisher 1.5.0")), NONE_ROTATED, NONE_ASKED
)
CHECK.example("its provider refuses it", Pass, history(_HELD), NONE_ROTATED, DEAD)
CHECK.example(
    "it was declared as replaced, and its provider still takes it", Fail, history(_HELD), ROTATED, LIVE
)
