"""What do frameworks show when something goes wrong and nobody told them to keep quiet? Shortened, in their own structure.

Each function gets the request and what was raised, and gives the body of one product's page. `on` and `at` make hooks of
them for `World.errors`.
"""

from __future__ import annotations

import html
import json
import traceback
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from launchready_testbed.world import ErrorPage

Screen = Callable[[Request, Exception], Response]
Asked = Callable[[Request], bool]


def on(asked: Asked, screen: Screen, *statuses: int) -> ErrorPage:
    """Shows `screen` where `asked` holds of the request and, if any are given, the status is one of these."""

    def shown(request: Request, status: int, error: Exception) -> Response | None:
        return screen(request, error) if asked(request) and status in (statuses or (status,)) else None

    return shown


def always(_request: Request) -> bool:
    """Whatever is asked."""
    return True


def below(*folders: str) -> Asked:
    """Addresses in these folders."""
    return lambda request: request.url.path.startswith(folders)


def no_number_below(*folders: str) -> Asked:
    """Addresses in these folders whose last piece is no number that a database could hold."""

    def asked(request: Request) -> bool:
        last = request.url.path.rstrip("/").rpartition("/")[2]
        is_number = last.isascii() and last.isdigit() and len(last) < 19
        return request.url.path.startswith(folders) and not is_number

    return asked


def html_page(body: str, status: int = 500) -> Screen:
    """The same page whatever is asked; `{path}` is the path asked for."""
    return lambda request, _: HTMLResponse(
        body.replace("{path}", html.escape(request.url.path)), status, headers={"cache-control": "no-store"}
    )


def text(body: str, status: int = 500) -> Screen:
    """The same words."""
    return lambda _request, _error: PlainTextResponse(body, status, headers={"cache-control": "no-store"})


def data(body: object, status: int = 500) -> Screen:
    """The same JSON."""
    return lambda _request, _error: JSONResponse(body, status, headers={"cache-control": "no-store"})


def raised_anew(request: Request, _error: Exception) -> Response:
    """Really goes wrong, as a handler that takes the last piece of the path for a number; shows Python's own words."""
    try:
        int(request.url.path.rpartition("/")[2])
    except ValueError as error:
        shown = "".join(traceback.format_exception(error))
        return PlainTextResponse(shown, 500, headers={"cache-control": "no-store"})
    return PlainTextResponse("Internal Server Error", 500)


DJANGO = """<!DOCTYPE html>
<html lang="en"><head><meta http-equiv="content-type" content="text/html; charset=utf-8">
<title>Page not found at {path}</title></head><body><header id="summary"><h1>Page not found <small>(404)</small></h1>
<table class="meta"><tr><th scope="row">Request Method:</th><td>GET</td></tr></table></header>
<main id="info"><p>Using the URLconf defined in <code>harbour.urls</code>, Django tried these URL patterns, in this order:</p>
<ol><li><code>admin/</code></li><li><code>invoices/&lt;int:pk&gt;/</code></li></ol></main>
<footer id="explanation"><p>You’re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.
Change that to <code>False</code>, and Django will display a standard 404 page.</p></footer></body></html>"""

WERKZEUG = """<!doctype html>
<html lang=en><head><title>ValueError: invalid literal for int() with base 10
 // Werkzeug Debugger</title><link rel="stylesheet" href="?__debugger__=yes&amp;cmd=resource&amp;f=style.css">
<script>var CONSOLE_MODE = false, EVALEX = true, EVALEX_TRUSTED = false;</script></head>
<body style="background-color: #fff"><div class="debugger"><h1>ValueError</h1><h2 class="traceback">Traceback
<em>(most recent call last)</em></h2><div class="traceback"><ul><li><div class="frame" id="frame-1">
<h4>File <cite class="filename">"/srv/harbour/app/views.py"</cite>,
 line <em class="line">41</em>, in <code class="function">invoice</code></h4></div></ul></div></div></body></html>"""

EXPRESS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Error</title></head><body>
<pre>TypeError: Cannot read properties of undefined (reading &#39;id&#39;)<br> &nbsp; &nbsp;at getInvoice (/usr/src/app/routes/invoices.js:27:31)<br> &nbsp; &nbsp;at Layer.handle [as handle_request] (/usr/src/app/node_modules/express/lib/router/layer.js:95:5)<br> &nbsp; &nbsp;at next (/usr/src/app/node_modules/express/lib/router/route.js:144:13)</pre>
</body></html>"""

LARAVEL = {
    "message": "No query results for model [App\\Models\\Invoice] 0",
    "exception": "Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException",
    "file": "/var/www/html/vendor/laravel/framework/src/Illuminate/Foundation/Exceptions/Handler.php",
    "line": 391,
    "trace": [
        {
            "file": "/var/www/html/vendor/laravel/framework/src/Illuminate/Routing/Router.php",
            "line": 719,
            "function": "toResponse",
        }
    ],
}

RAILS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>Action Controller: Exception caught</title></head><body>
<header role="banner"><h1>Routing Error</h1></header><main role="main" id="container">
<h2>No route matches [GET] &quot;{path}&quot;</h2><p><code>Rails.root: /home/deploy/harbour/current</code></p>
<div id="traces"><div id="Framework-Trace"><pre><code>railties (7.0.4) lib/rails/engine.rb:530:in `call'</code></pre></div></div>
</main></body></html>"""

SPRING = {
    "timestamp": "2026-11-24T09:12:31.114+00:00",
    "status": 500,
    "error": "Internal Server Error",
    "trace": (
        "java.lang.IllegalStateException: no such invoice\n\tat com.harbour.portal.InvoiceController.show(InvoiceController"
        ".java:58)\n\tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java"
        ":103)\n\tat org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run(TaskThread.java:63)\n"
    ),
    "path": "/api/invoices",
}

ASP_NET = """<!DOCTYPE html>
<html><head><title>Input string was not in a correct format.</title></head><body bgcolor="white">
<span><H1>Server Error in '/' Application.<hr width=100% size=1 color=silver></H1>
<h2> <i>Input string was not in a correct format.</i> </h2></span>
<b> Description: </b>An unhandled exception occurred during the execution of the current web request.<br><br>
<b> Exception Details: </b>System.FormatException: Input string was not in a correct format.<br><br>
<b>Source Error:</b> <br><br><table width=100% bgcolor="#ffffcc"><tr><td><code><pre>
Line 22:             int id = int.Parse(RouteData.Values["id"].ToString());</pre></code></td></tr></table>
<b> Source File: </b> c:\\inetpub\\harbour\\Invoices.aspx.cs<b> &nbsp;&nbsp; Line: </b> 22
<br><br><b>Stack Trace:</b> <br><br><pre>
[FormatException: Input string was not in a correct format.]
   System.Number.StringToNumber(String str, NumberStyles options) +12639875
   Harbour.Invoices.Page_Load(Object sender, EventArgs e) in c:\\inetpub\\harbour\\Invoices.aspx.cs:22</pre>
<hr width=100% size=1 color=silver><b>Version Information:</b>&nbsp;Microsoft .NET Framework Version:4.0.30319</body></html>"""

NEXT = """<!DOCTYPE html><html><head><meta charSet="utf-8"/><noscript data-n-css=""></noscript></head><body>
<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"statusCode":500}},"page":"/_error","query":{},"buildId":"development","err":{"name":"TypeError","source":"server","message":"Cannot read properties of null (reading 'name')","stack":"TypeError: Cannot read properties of null (reading 'name')\\n    at getServerSideProps (webpack-internal:///./pages/invoices/[id].tsx:22:19)"}}</script></body></html>"""

PHP = """<br />
<b>Warning</b>:  Undefined array key "page" in <b>/var/www/html/lib/listing.php</b> on line <b>18</b><br />
<!doctype html><html lang="en"><head><title>Help</title></head><body><h1>Help</h1><p>Nothing was found.</p></body></html>"""

TOMCAT = """<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head><body>
<h1>HTTP Status 404 – Not Found</h1><hr class="line" /><p><b>Type</b> Status Report</p>
<p><b>Description</b> The origin server did not find a current representation for the target resource.</p>
<hr class="line" /><h3>Apache Tomcat/9.0.31</h3></body></html>"""

NGINX = """<html>\r
<head><title>404 Not Found</title></head>\r
<body>\r
<center><h1>404 Not Found</h1></center>\r
<hr><center>nginx/1.18.0 (Ubuntu)</center>\r
</body>\r
</html>\r
"""


def in_json(body: object) -> str:
    """As a page shows it."""
    return html.escape(json.dumps(body, indent=2))
