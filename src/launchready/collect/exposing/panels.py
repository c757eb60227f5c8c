"""Consoles, profilers and state of programs that are meant for those who run them: by what they are known. Pure."""

import re
from collections.abc import Callable

from launchready.collect.exposing.reading import json_object, text

_SENSITIVE = (
    "beans", "caches", "configprops", "conditions", "env", "flyway", "heapdump", "httpexchanges", "httptrace", "jolokia",
    "logfile", "loggers", "mappings", "quartz", "scheduledtasks", "sessions", "shutdown", "threaddump",
)  # fmt: skip
"""Endpoints of Spring's actuator beyond health and info."""


def _marked(words: str, *patterns: str) -> Callable[[bytes], str]:
    """A page in which all of these stand."""
    compiled = [re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns]
    return lambda body: words if all(each.search(text(body)) for each in compiled) else ""


def actuator(body: bytes) -> str:
    """Links to more than health and information."""
    links = json_object(body).get("_links")
    offered = sorted({*links} & {*_SENSITIVE}) if isinstance(links, dict) and "self" in links else []
    return f"it offers {', '.join(offered[:6])}" if offered else ""


def _actuator_env(body: bytes) -> str:
    found = json_object(body).get("propertySources")
    return f"it lists {len(found)} sources of settings" if isinstance(found, list) and found else ""


def _expvar(body: bytes) -> str:
    state = json_object(body)
    return "it holds the command line and memory" if "cmdline" in state and "memstats" in state else ""


PANELS: dict[str, Callable[[bytes], str]] = {
    "actuator": actuator,
    "actuator-env": _actuator_env,
    "phpinfo": _marked(
        "it is what phpinfo() writes",
        r"<title>[^<]*phpinfo\(\)[^<]*</title>",
        r"PHP Version\s*(?:</?\w[^>]*>\s*)*\d",
    ),
    "server-status": _marked(
        "it is what mod_status writes",
        r"<h1>Apache Server Status for |<title>Apache Status</title>",
        r"Server uptime:|Total accesses:",
    ),
    "server-info": _marked(
        "it is what mod_info writes",
        r"<title>Server Information</title>|<h1[^>]*>Apache Server Information</h1>",
    ),
    "pprof": _marked("it is what net/http/pprof writes", r"<title>/debug/pprof/</title>", r"goroutine"),
    "expvar": _expvar,
    "werkzeug-console": _marked(
        "it is Werkzeug's console",
        r"<title>(?:Interactive )?Console // Werkzeug Debugger</title>",
        r"EVALEX\s*=\s*true",
    ),
    "symfony-profiler": _marked(
        "it is Symfony's profiler", r"<title>[^<]*Symfony Profiler[^<]*</title>", r"_profiler/"
    ),
    "telescope": _marked("it is Laravel Telescope", r"window\.Telescope\s*=", r"<title>[^<]*Telescope"),
    "axd": _marked(
        "it lists what was recorded", r"(?:Error log for|Application Trace)", r"(?:elmah\.axd|Trace\.axd)"
    ),
    "rails-info": _marked(
        "it is what Rails shows in development", r"Rails version", r"Middleware", r"Application root"
    ),
}
"""By the names that data/exposed_files.toml uses."""
