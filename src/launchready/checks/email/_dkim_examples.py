"""Examples of the check on DKIM keys. The keys were made for them, and their other halves thrown away."""

from collections.abc import Iterator

from msgspec.structs import replace

from launchready.checks.email._drill_examples import SOUND, drill
from launchready.checks.email._zone import TIMEOUT, Records, mail_of
from launchready.evidence.letters import MailDrill, Signature
from launchready.evidence.mail_domains import MailDomains, SendingService
from launchready.verdict import Fail, Pass, Unknown, Verdict

RSA_2048 = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsxePWCu5srGYhQqWNaPjTkgx3wtJccnrs9Y2yfGqaI+WnGNRiGbSECS1a726pBFjlPS3gU7x7m33hBuh"
    "nZIeJoDnlE+yZzrx7lwbi0Wpx9dZBkanvzfEzdkPqvkJbjCQDk0rVvGbZUSEHjx8bb51AWHbZY02zKpgjUvOwvFsv/ah7WERxkRmD0+VqvjwUV9uXuCNtH8n2FeP"
    "56cLmfe55EGKq9Bz2+vJ/YanK3PS/dzub3BHKBhF9t0SDa7F/RaojnPA8gx/fLCcZljMjf8PA+S0OPrzkE5iag+8K6Tu6zIpTSL+Ic5de19SufUmBhKdViqVSWPr"
    "X/m5RrcjQwyvpwIDAQAB"
)
RSA_1024 = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDDeBnKphx/YQXtap3Hf0Ub6ybXSKHBe7ZNwjX2iAATQIaPFXFnm+oHPiCoxelxGhynarwI2lowDqSAJhd8+P3Z"
    "VPVTPXAE0t/YO5HNS32HebueAN7IVMCXkCstJIz57qZXBYZm3tPDS0edldkW5kHhTFuSU5RFU8s1PNkoEGhvZwIDAQAB"
)
RSA_512 = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALS/xrtyj1iLebZK2rfXfihGsHxkEfSszrHqHL8GwvZdP2vRCcGDoO5RFOp68iNLlzBJkAVzZz2R7m5Gbnk9nUUC"
    "AwEAAQ=="
)
ED25519 = "TLRdmme0nHZSd1ffxRMPHbtMlSO/4ZtSWA18B9qgz9g="
SOUND_KEY = f"v=DKIM1; k=rsa; p={RSA_2048}"
_DECLARED = ("pm",)
_AT = "TXT pm._domainkey.example-shop.com"


def examples() -> Iterator[tuple[str, type[Verdict], MailDomains, MailDrill]]:
    """What is shown, the verdict, and the facts."""
    none = MailDrill()
    yield "a declared key", Pass, _with({_AT: SOUND_KEY}), none
    yield "without the version, which may be left out", Pass, _with({_AT: f"p={RSA_2048}"}), none
    yield "1024 bits, which receivers still take", Pass, _with({_AT: f"v=DKIM1; p={RSA_1024}"}), none
    yield "Ed25519", Pass, _with({_AT: f"v=DKIM1; k=ed25519; p={ED25519}"}), none
    yield "kept by the service, by CNAME", Pass, _with({_AT: ("-> pm.dkim.example.net", SOUND_KEY)}), none
    yield "an old key was withdrawn", Pass, _with({_AT: SOUND_KEY, _at("google"): "v=DKIM1; p="}), none
    yield "a letter bears it out", Pass, _with({_AT: SOUND_KEY}), drill(SOUND)
    yield "of the declared service", Pass, _of_service({_at("resend"): SOUND_KEY}, "resend"), none
    yield "the declared key is missing", Fail, _with({}), none
    yield "withdrawn", Fail, _with({_AT: "v=DKIM1; p="}), none
    yield "a test", Fail, _with({_AT: f"v=DKIM1; t=y; p={RSA_2048}"}), none
    yield "cut by the DNS provider's form", Fail, _with({_AT: f"v=DKIM1; p={RSA_2048[:255]}"}), none
    yield "two records", Fail, _with({_AT: (SOUND_KEY, f"v=DKIM1; p={RSA_1024}")}), none
    yield "for something else than mail", Fail, _with({_AT: f"v=DKIM1; s=tlsrpt; p={RSA_2048}"}), none
    yield "a short key, though an old one", Fail, _with({_AT: SOUND_KEY, _at("s1"): f"p={RSA_512}"}), none
    yield (
        "the letter is not signed",
        Fail,
        _with({_AT: SOUND_KEY}),
        drill(replace(SOUND, signatures=(), theirs=None)),
    )
    broken = (Signature("example-shop.com", "pm", "fail", "relaxed", "the body was changed"),)
    yield (
        "its signature does not hold",
        Fail,
        _with({_AT: SOUND_KEY}),
        drill(replace(SOUND, signatures=broken, theirs=None)),
    )
    yield "no selector is known", Unknown, mail_of({}, "example-shop.com"), none
    yield (
        "a usual one is there, which proves nothing",
        Unknown,
        mail_of({_at("default"): SOUND_KEY}, "example-shop.com"),
        none,
    )
    yield "no answer in time", Unknown, _with({_AT: TIMEOUT}), none


def _at(selector: str) -> str:
    return f"TXT {selector}._domainkey.example-shop.com"


def _with(records: Records) -> MailDomains:
    return mail_of(records, "example-shop.com", selectors=_DECLARED)


def _of_service(records: Records, name: str) -> MailDomains:
    return mail_of(records, "example-shop.com", services=(SendingService(name, ("portal file",)),))
