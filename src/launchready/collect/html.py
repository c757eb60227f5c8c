"""What a browser would make of one answer, without running it: what it loads, where its links and forms lead.

Pure. Looks at what a browser acts on, not at text that looks like an address: comments, inert templates, data
blocks and `data-*` attributes load nothing. What is in <noscript> counts: browsers without scripts load it.
"""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from launchready.collect import css
from launchready.collect.addresses import FETCHED, INSECURE, resolve
from launchready.collect.charset import decoded
from launchready.collect.microsyntax import WORDS, candidates, link_values, refresh_target
from launchready.evidence.http import Document, Exchange, Load
from launchready.evidence.redact import Redactor

MOST_LINKS = 20_000
MOST_LOADS = 5_000
MOST_INSECURE = 500
MOST_ELEMENTS = 50_000
DEEPEST_FRAME = 4
"""srcdoc in srcdoc; deeper ones are not looked at."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What is to be kept (`document`), and the raw absolute addresses that a crawl may go on with.

    Attributes:
        document: None where a browser would show neither a page nor a style sheet.
        links: from <a>, <area>, <link rel=next|prev|alternate> and meta refresh.
        forms: actions of GET forms that do not look as if they ended or deleted something.
        post_forms: actions of POST forms.
        loads: everything that the page makes a browser fetch.
    """

    document: Document | None
    links: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    post_forms: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()


def parse(body: bytes, exchange: Exchange, url: str, redact: Redactor | None = None) -> Parsed:
    """Read one answer.

    Args:
        body: after decompression.
        exchange: where it came from, redacted.
        url: the raw address it came from.
        redact: the run's; without it, values are fingerprinted under a key of their own.
    """
    shown = not (300 <= exchange.status < 400 and exchange.values("location")) and not _is_download(exchange)
    media_type = exchange.media_type or _sniffed(body)
    if not shown or media_type not in ("text/html", "application/xhtml+xml", "text/css"):
        return Parsed(None)
    reader = _Reader(url, redact or Redactor())
    reader.link_headers(exchange.values("link"))
    text = decoded(body, next(iter(exchange.values("content-type")), ""))
    if media_type == "text/css":
        reader.style(css.sheet(text))
    else:
        reader.page(text)
    return reader.parsed()


_SCRIPT_PATH = re.compile(rb"""["'`](/[A-Za-z][\w\-.]*(?:/[\w\-.]+)*/?)(?:\?[^"'`\s]*)?["'`]""")


def script_paths(body: bytes, most: int = 500) -> tuple[str, ...]:
    """Same-origin paths that are whole string literals in a script, as "/api/v1/orders"; at most `most`."""
    found: dict[str, None] = {}
    for match in _SCRIPT_PATH.finditer(body):
        if len(match[1]) <= 300:
            found[match[1].decode("ascii")] = None
        if len(found) >= most:
            break
    return tuple(found)


_HTML_STARTS = re.compile(
    rb"(?:<!--.*?-->|\s)*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body"
    rb"|br|p)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def _sniffed(body: bytes) -> str:
    """The type of an answer that names none, as browsers sniff it."""
    return "text/html" if _HTML_STARTS.match(body[:1445].removeprefix(codecs.BOM_UTF8)) else ""


def _is_download(exchange: Exchange) -> bool:
    disposition = next(iter(exchange.values("content-disposition")), "")
    return disposition.partition(";")[0].strip().lower() == "attachment"


_JS_TYPES = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma|j|live)script[\d.]*|module|", re.IGNORECASE)
_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"))
_PRELOAD_KINDS = {
    **dict.fromkeys(("script", "worker", "sharedworker", "serviceworker", "json"), "script"),
    **dict.fromkeys(("audio", "video", "track"), "media"),
    "style": "style",
    "image": "image",
    "font": "font",
    "fetch": "connect",
    "document": "frame",
}
_BACKGROUND_TAGS = frozenset(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_ENDING = re.compile(
    r"(?:^|[/_\-=?&.])(?:log-?out|sign-?out|log-?off|delete|remove|destroy|unsubscribe|confirm|cancel|revoke)(?:$|[/_\-=?&.])",
    re.IGNORECASE,
)

Attributes = dict[str, str | None]


@dataclass(slots=True)
class _Reader:
    """Gathers while one document is read; `base` changes inside srcdoc frames."""

    url: str
    redact: Redactor
    base: str = ""
    loads: dict[str, None] = field(default_factory=dict)
    insecure: dict[Load, None] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    get_forms: dict[str, None] = field(default_factory=dict)
    post_forms: dict[str, None] = field(default_factory=dict)
    csp: list[str] = field(default_factory=list)
    referrer: str = ""
    refresh: str = ""
    within: str = ""

    def __post_init__(self) -> None:
        self.base = self.url

    def parsed(self) -> Parsed:
        """What was gathered."""
        fetched = tuple(url for url in self.loads if url.startswith(FETCHED))
        document = Document(
            insecure=tuple(self.insecure),
            loads=len(self.loads),
            csp_meta=tuple(self.redact.header("content-security-policy", policy) for policy in self.csp),
            referrer_meta=self.referrer,
            refresh=self.redact.url(self.refresh) if self.refresh else "",
        )
        return Parsed(document, tuple(self.links), tuple(self.get_forms), tuple(self.post_forms), fetched)

    def load(self, kind: str, written: str | None, via: str) -> None:
        """Note one thing that is fetched, submitted to or connected to."""
        if not written or not (url := resolve(self.base, written)):
            return
        if kind != "form" and len(self.loads) < MOST_LOADS:
            self.loads[url] = None
        if url.partition(":")[0] in INSECURE and len(self.insecure) < MOST_INSECURE:
            self.insecure[Load(kind, self.redact.url(url), self.within + via)] = None

    def link(self, written: str | None) -> None:
        """Note one address to go on with."""
        if written and len(self.links) < MOST_LINKS:
            url = resolve(self.base, written)
            if url.startswith(FETCHED):
                self.links[url] = None

    def style(self, fetches: Iterable[css.Fetch], where: str = "") -> None:
        """Note what a style sheet or attribute fetches."""
        for kind, written, via in fetches:
            self.load(kind, written, f"{where}{via}")

    def link_headers(self, values: Iterable[str]) -> None:
        """Note what Link response headers make a browser fetch."""
        for value in values:
            for target, rel, kind_of in link_values(value):
                if rel & {"preload", "modulepreload", "stylesheet", "prefetch"}:
                    kind = "style" if "stylesheet" in rel else _PRELOAD_KINDS.get(kind_of, "preload")
                    self.load(kind, target, "Link header")
                elif rel & {"next", "prev"}:
                    self.link(target)

    def page(self, text: str, depth: int = 0) -> None:
        """Read a document, and the documents inside it."""
        tree = LexborHTMLParser(_shallow(text))
        self._base_element(tree)
        if depth == 0:
            self._policies(tree)
        self._contents(tree.css, depth)

    def _base_element(self, tree: LexborHTMLParser) -> None:
        element = tree.css_first("base[href]")
        if element is not None:
            self.base = resolve(self.base, element.attributes.get("href") or "") or self.base

    def _policies(self, tree: LexborHTMLParser) -> None:
        """What <meta> says. A policy counts in the head alone, which a <noscript> may have ended early."""
        head_cut_short = tree.css_first("head noscript") is not None
        for meta in tree.css("meta[content]"):
            name, content = _lower(meta, "name"), (meta.attributes.get("content") or "").strip()
            equiv = _lower(meta, "http-equiv")
            parent = meta.parent
            in_head = head_cut_short or (parent is not None and parent.tag == "head")
            if equiv == "content-security-policy" and in_head and content:
                self.csp.append(content)
            elif name == "referrer":
                self.referrer = content.lower()
            elif equiv == "refresh" and not self.refresh:
                self.refresh = resolve(self.base, refresh_target(content))
                self.link(self.refresh)

    def _contents(self, find: Callable[[str], list[LexborNode]], depth: int) -> None:
        for anchor in find("a[href],area[href]")[:MOST_LINKS]:
            self.link(anchor.attributes.get("href"))
        for node in find(_INTERESTING)[:MOST_ELEMENTS]:
            before = len(self.insecure)
            self._element(node, depth)
            if len(self.insecure) > before and not self.within and _inside_noscript(node):
                for load in list(self.insecure)[before:]:
                    del self.insecure[load]
                    self.insecure[Load(load.kind, load.url, f"<noscript> {load.via}")] = None

    def _element(self, node: LexborNode, depth: int) -> None:
        tag, attributes = node.tag or "", node.attributes
        if reader := _READERS.get(tag):
            reader(self, node, attributes)
        if tag == "iframe" and attributes.get("srcdoc"):
            self._inside("<iframe srcdoc> ", attributes["srcdoc"] or "", depth)
        elif _lower(node, "shadowrootmode") in ("open", "closed") and depth < DEEPEST_FRAME:
            # A template that makes a shadow root is live; any other is inert until a script clones it.
            for fragment in node.template_fragments()[:1]:
                self._contents(fragment.css, depth + 1)
        if style := attributes.get("style"):
            self.style(css.declarations(style), "style attribute ")
        if ping := attributes.get("ping"):
            for target in WORDS.split(ping):
                self.load("ping", target, f"<{tag} ping>")
        if tag in _BACKGROUND_TAGS:
            self.load("image", attributes.get("background"), f"<{tag} background>")

    def _inside(self, within: str, text: str, depth: int) -> None:
        if text and depth < DEEPEST_FRAME:
            base, outer = self.base, self.within
            self.within = outer + within
            self.page(text, depth + 1)
            self.base, self.within = base, outer

    def script(self, node: LexborNode, attributes: Attributes) -> None:
        """<script src>, and in SVG <script href>; a block of data is none."""
        del node
        if _JS_TYPES.fullmatch((attributes.get("type") or "").strip()):
            self.load("script", attributes.get("src"), "<script src>")
            self.load("script", attributes.get("href") or attributes.get("xlink:href"), "<script href>")

    def link_element(self, node: LexborNode, attributes: Attributes) -> None:
        """<link>: only the relations that a browser fetches."""
        del node
        rel = frozenset(WORDS.split((attributes.get("rel") or "").lower()))
        href, kind_of = attributes.get("href"), (attributes.get("as") or "").lower()
        if "stylesheet" in rel and (attributes.get("type") or "text/css").strip().lower() == "text/css":
            self.load("style", href, "<link rel=stylesheet>")
        elif rel & _ICONS:
            self.load("image", href, "<link rel=icon>")
        elif "manifest" in rel:
            self.load("manifest", href, "<link rel=manifest>")
        elif "modulepreload" in rel:
            self.load("script", href, "<link rel=modulepreload>")
        elif "preload" in rel and kind_of in _PRELOAD_KINDS:
            self.load(_PRELOAD_KINDS[kind_of], href, "<link rel=preload>")
            for candidate in candidates(attributes.get("imagesrcset")):
                self.load("image", candidate, "<link imagesrcset>")
        elif rel & {"prefetch", "prerender"}:
            self.load("preload", href, "<link rel=prefetch>")
        elif rel & {"next", "prev", "alternate"}:
            self.link(href)

    def image(self, node: LexborNode, attributes: Attributes) -> None:
        """<img>."""
        del node
        self.load("image", attributes.get("src"), "<img src>")
        for candidate in candidates(attributes.get("srcset")):
            self.load("image", candidate, "<img srcset>")

    def source(self, node: LexborNode, attributes: Attributes) -> None:
        """<source> and <track>: what they mean depends on what they stand in."""
        parent = node.parent.tag if node.parent is not None else ""
        if node.tag == "source" and parent == "picture":
            for candidate in candidates(attributes.get("srcset")):
                self.load("image", candidate, "<source srcset>")
        elif parent in ("video", "audio"):
            self.load("media", attributes.get("src"), f"<{node.tag} src>")

    def media(self, node: LexborNode, attributes: Attributes) -> None:
        """<video> and <audio>."""
        self.load("media", attributes.get("src"), f"<{node.tag} src>")
        if node.tag == "video":
            self.load("image", attributes.get("poster"), "<video poster>")

    def frame(self, node: LexborNode, attributes: Attributes) -> None:
        """<iframe> and <frame>; srcdoc wins over src."""
        if node.tag == "frame" or attributes.get("srcdoc") is None:
            self.load("frame", attributes.get("src"), f"<{node.tag} src>")

    def plugin(self, node: LexborNode, attributes: Attributes) -> None:
        """<object> and <embed>."""
        attribute = "data" if node.tag == "object" else "src"
        self.load("object", attributes.get(attribute), f"<{node.tag} {attribute}>")

    def style_element(self, node: LexborNode, attributes: Attributes) -> None:
        """<style>."""
        if (attributes.get("type") or "text/css").strip().lower() == "text/css":
            self.style(css.sheet(node.text(deep=True)), "<style> ")

    def svg_image(self, node: LexborNode, attributes: Attributes) -> None:
        """<image> and <feImage> in SVG."""
        self.load("image", attributes.get("href") or attributes.get("xlink:href"), f"<{node.tag} href>")

    def svg_use(self, node: LexborNode, attributes: Attributes) -> None:
        """<use> in SVG; browsers fetch it from the page's own origin only, so never insecurely on a secure page."""
        del node
        written = attributes.get("href") or attributes.get("xlink:href")
        if written and resolve(self.base, written).partition(":")[0] == self.url.partition(":")[0]:
            self.load("image", written, "<use href>")

    def form(self, node: LexborNode, attributes: Attributes) -> None:
        """<form>: where it is sent, and whether a crawl may ask that."""
        del node
        method = (attributes.get("method") or "get").strip().lower()
        if method == "dialog":
            return
        self.load("form", attributes.get("action"), "<form action>")
        url = resolve(self.base, attributes.get("action") or "") or self.url
        if method == "post":
            self.post_forms[url] = None
        elif url.startswith(FETCHED) and not _ENDING.search(url):
            self.get_forms[url] = None

    def button(self, node: LexborNode, attributes: Attributes) -> None:
        """<button> and <input>: what is sent elsewhere, and buttons that are pictures."""
        kind = (attributes.get("type") or ("submit" if node.tag == "button" else "text")).strip().lower()
        if kind in ("submit", "image") and (attributes.get("formmethod") or "").strip().lower() != "dialog":
            self.load("form", attributes.get("formaction"), f"<{node.tag} formaction>")
        if node.tag == "input" and kind == "image":
            self.load("image", attributes.get("src"), "<input type=image>")


_READERS: dict[str, Callable[[_Reader, LexborNode, Attributes], None]] = {
    "script": _Reader.script,
    "link": _Reader.link_element,
    "img": _Reader.image,
    "source": _Reader.source,
    "track": _Reader.source,
    "video": _Reader.media,
    "audio": _Reader.media,
    "iframe": _Reader.frame,
    "frame": _Reader.frame,
    "object": _Reader.plugin,
    "embed": _Reader.plugin,
    "style": _Reader.style_element,
    "image": _Reader.svg_image,
    "feImage": _Reader.svg_image,
    "use": _Reader.svg_use,
    "form": _Reader.form,
    "button": _Reader.button,
    "input": _Reader.button,
}
_INTERESTING = ",".join(
    (*_READERS, "template[shadowrootmode]", "[style]", "a[ping]", "area[ping]", "[background]")
)


def _lower(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip().lower()


_LEVEL = re.compile(
    r"<(?!/?(?:li|p|d[dt]|t[dhr]|tbody|thead|tfoot|option|img|br|hr|input|link|meta|source|wbr|area|base|col)\b)"
    r"(/?)[a-z]",
    re.IGNORECASE,
)


def _shallow(text: str, deepest: int = 4_000) -> str:
    """The text up to where elements nest deeper than any page means: there the parser takes quadratic time."""
    if text.count("<") <= 20_000:
        return text
    depth = 0
    for tag in _LEVEL.finditer(text):
        depth = depth - 1 if tag[1] else depth + 1
        if depth > deepest:
            return text[: tag.start()]
    return text


def _inside_noscript(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "noscript":
            return True
        parent = parent.parent
    return False
