"""Do the files of the source, as they are now, hold a secret?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import DEAD, NONE_ASKED, searched, secret
from launchready.checks.secrets._judged import doubts, judged, on_surfaces
from launchready.evidence import Missing
from launchready.evidence.secrets import Gap, KeyStates, Place, TreeSecrets
from launchready.verdict import Cause, Fail, Pass, Seen, Unknown, Verdict, weigh

SHARED = ("tree", "untracked file")
IGNORED = ("ignored file",)
_WHERE = "the working tree"


def judge(tree: TreeSecrets, states: KeyStates | Missing) -> Verdict:
    """A secret in what git keeps, or would keep with the next `git add`, fails.

    What git ignores stays on this machine, as a developer's own `.env` should: it is told and does not fail.
    """
    verdict = judged(tree.search, surfaces=SHARED, where=_WHERE, states=states)
    ignored = on_surfaces(tree.search.secrets, IGNORED)
    if isinstance(verdict, Fail) or not ignored:
        return verdict
    files = sorted({place.where for each in ignored for place in each.places})
    more = f" and {len(files) - 5:,} more" if len(files) > 5 else ""
    told = Seen(_WHERE, f"git ignores what holds {len(ignored):,} more: {', '.join(files[:5])}{more}")
    seen = verdict.seen if isinstance(verdict, Pass | Unknown) else ()
    return weigh((*seen, told), (), doubts(tree.search, _WHERE))


CHECK = Check(
    asks="Are the files of the source free of keys and passwords?",
    risk=Risk.CRITICAL,
    why=(
        "What lies in the source goes wherever the source goes: to every developer and contractor, into build logs, "
        "images and backups. Whoever gets one copy can use the key as the portal does."
    ),
    fix=Fix(
        owner=(
            "Have the keys in the list replaced at their providers, and have the new ones kept where only the running "
            "portal reads them: the settings page of your host, or a secret store. Nobody should send them by chat."
        ),
        engineer=(
            "Read the value from the environment or a secret store at start, and refuse to start without it; no default "
            "in the code. Then replace the old key: it has been committed or was one `git add` away from it.\n"
            "A file that must lie in the folder belongs into .gitignore before it is made. A sample file has names and "
            "placeholders only.\n"
            "Next.js, Vite and Create React App put every NEXT_PUBLIC_, VITE_ or REACT_APP_ setting into the browser: "
            "never name a secret like that."
        ),
        undo="Put the setting's name back into the code; the value stays outside.",
        verify=(
            "Start the portal with the new key from its environment, then run `launchready audit --check secrets/tree`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-INFO-05", "WSTG-CONF-04"),
    asvs=("V13.3.1",),
    cwe=(798, 540),
)

_READ = (("files", 310), ("bytes", 2_100_400))


def _tree(
    *places: Place, gaps: tuple[Gap, ...] = (), read: tuple[tuple[str, int], ...] = _READ
) -> TreeSecrets:
    return TreeSecrets(searched(*([secret(*places)] if places else []), gaps=gaps, read=read))


CHECK.example("all files were read, and there is none", Pass, _tree(), NONE_ASKED)
CHECK.example(
    "a developer's own .env, which git ignores", Pass, _tree(Place("ignored file", ".env", 2)), NONE_ASKED
)
CHECK.example(
    "a key as a default in the code", Fail, _tree(Place("tree", "portal/settings.py", 41)), NONE_ASKED
)
CHECK.example(
    "a file that the next git add takes in", Fail, _tree(Place("untracked file", "notes.txt", 1)), NONE_ASKED
)
CHECK.example(
    "a file cannot be read",
    Unknown,
    _tree(gaps=(Gap("secrets.yml", Missing(Cause.NOT_COLLECTED, "permission denied", "let it be read")),)),
    NONE_ASKED,
)
CHECK.example("the folder is empty", Unknown, _tree(read=()), NONE_ASKED)
CHECK.example("a key that its provider refuses", Pass, _tree(Place("tree", "portal/settings.py", 41)), DEAD)
