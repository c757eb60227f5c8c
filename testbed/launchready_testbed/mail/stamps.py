"""What do providers write on a letter that they take in? In the forms of Gmail, Outlook, iCloud and Postfix with rspamd."""

from __future__ import annotations

import secrets
from email.utils import formatdate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from launchready_testbed.mail.receiving import Incoming, Receiver


def gmail(receiver: Receiver, mail: Incoming) -> list[str]:
    """Authentication-Results of its own name, Received with the address of who gave the letter."""
    found = mail.verdicts
    results = [
        f"dkim={result} header.i=@{domain} header.s={selector} header.b={secrets.token_hex(4)}"
        for domain, selector, result in found.dkim
    ]
    said = f"({receiver.host.partition('.')[2]}: {_says_spf(mail)})"
    results.append(f"spf={found.spf} {said} smtp.mailfrom={mail.mail_from or mail.helo}")
    if found.dmarc != "none":
        asked = found.policy.upper()
        results.append(
            f"dmarc={found.dmarc} (p={asked} sp={asked} dis={_done(mail)}) header.from={found.from_domain}"
        )
    return [
        f"Delivered-To: {mail.to}",
        f"Received: by 2002:a05:6000:1a4c:b0:3a5:{_number()} with SMTP id {_number()}csp;\r\n        {_now()}",
        f"X-Received: by 2002:a05:6402:1e8b:b0:5c8:{_number()} with SMTP id {_number()}mr;\r\n        {_now()}",
        f"Return-Path: <{mail.mail_from}>",
        f"Received: from {mail.helo} ({mail.helo}. [{mail.source}])\r\n        by {receiver.host} with ESMTP id"
        f" {_number()}si.5.2026\r\n        for <{mail.to}>;\r\n        {_now()}",
        f"Received-SPF: {found.spf} {said} client-ip={mail.source};",
        *_told(receiver, f"{receiver.authserv_id};\r\n       " + ";\r\n       ".join(results)),
    ]


def outlook(receiver: Receiver, mail: Incoming) -> list[str]:
    """Authentication-Results without the name of whose they are, and a verdict of its own."""
    found = mail.verdicts
    words = {"pass": "signature was verified", "fail": "signature did not verify"}
    best = next((each for each in found.dkim if each[2] == "pass"), found.dkim[0] if found.dkim else None)
    dkim = "dkim=none (message not signed) header.d=none"
    if best:
        dkim = f"dkim={best[2]} ({words.get(best[2], 'no key for signature')}) header.d={best[0]}"
    action = {"quarantine": "quarantine", "reject": "oreject"}.get(found.policy, "none")
    compound = "pass reason=100" if found.dmarc == "pass" else "fail reason=000"
    results = (
        f"spf={found.spf} (sender IP is {mail.source})\r\n smtp.mailfrom={found.spf_domain}; {dkim};"
        f"dmarc={'bestguesspass' if found.dmarc == 'none' and found.authenticated else found.dmarc}"
        f" action={action if found.dmarc == 'fail' else 'none'}\r\n header.from={found.from_domain};compauth={compound}"
    )
    inside = f"AM{secrets.randbelow(9)}PR04MB{secrets.randbelow(9000) + 1000}.eurprd04.prod.outlook.com"
    return [
        f"Received: from {inside} (2603:10a6:20b:{_number()[:4]}::{_number()[:3]})\r\n by DB9PR04MB8107.eurprd04.prod.outlook.com"
        f" with HTTPS; {_now()}",
        f"Received: from {mail.helo} ({mail.source}) by\r\n {receiver.host} (10.167.16.203) with Microsoft SMTP\r\n"
        f" Server id 15.20.9366.8 via Frontend Transport; {_now()}",
        *_told(receiver, results),
        f"Received-SPF: {found.spf.capitalize()} (protection.outlook.com: {_says_spf(mail)})\r\n"
        f" receiver=protection.outlook.com; client-ip={mail.source}; helo={mail.helo}; pr=C",
        f"X-Forefront-Antispam-Report:\r\n CIP:{mail.source};CTRY:;LANG:en;SCL:{'5' if mail.place == 'junk' else '1'};"
        f"H:{mail.helo};SFV:{'SPM' if mail.place == 'junk' else 'NSPM'};",
        f"Return-Path: {mail.mail_from or '<>'}",
    ]


def postfix(receiver: Receiver, mail: Incoming) -> list[str]:
    """As rspamd writes them behind Postfix; iCloud's look much the same."""
    found = mail.verdicts
    results = [
        f'dkim={result} header.d={domain} header.s={selector} header.b="{secrets.token_urlsafe(6)}"'
        for domain, selector, result in found.dkim
    ] or ["dkim=none"]
    results.append(
        f"spf={found.spf} ({receiver.host}: {_says_spf(mail)}) smtp.mailfrom={mail.mail_from or mail.helo}"
    )
    about = f"(policy={found.policy}) header.from={found.from_domain}"
    results.append("dmarc=none" if found.dmarc == "none" else f"dmarc={found.dmarc} {about}")
    return [
        f"Return-Path: <{mail.mail_from}>",
        f"Delivered-To: {mail.to}",
        f"Received: from {mail.helo} ({mail.helo} [{mail.source}])\r\n\tby {receiver.host} (Postfix) with ESMTP id"
        f" {_number().upper()}\r\n\tfor <{mail.to}>; {_now()}",
        *_told(receiver, f"{receiver.authserv_id};\r\n\t" + ";\r\n\t".join(results)),
    ]


def _told(receiver: Receiver, results: str) -> list[str]:
    return [f"Authentication-Results: {results}"] if receiver.tells_results else []


def _says_spf(mail: Incoming) -> str:
    whose = mail.mail_from or mail.helo
    if mail.verdicts.spf == "pass":
        return f"domain of {whose} designates {mail.source} as permitted sender"
    if mail.verdicts.spf == "none":
        return f"{mail.source} is neither permitted nor denied by best guess record for domain of {whose}"
    return f"domain of {whose} does not designate {mail.source} as permitted sender"


def _done(mail: Incoming) -> str:
    return (
        {"junk": "QUARANTINE", "refused": "REJECT"}.get(mail.place, "NONE")
        if mail.verdicts.dmarc == "fail"
        else "NONE"
    )


def _number() -> str:
    return secrets.token_hex(8)


def _now() -> str:
    return formatdate(localtime=False)
