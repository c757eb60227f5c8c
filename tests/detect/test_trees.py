"""What real applications' trees hold beside names of secrets, and that opens nothing; and what stands there and does."""

from base64 import b64encode

import pytest

from launchready.detect import Detector
from launchready_testbed.secret_shapes import _random, jwt

BOTH = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
UPPER_HEX = "0123456789ABCDEF"
P = "kT7!pQz9" + "Wv2x"
Q = "k7Qz9" + "vTr2w"
PERSON = jwt({"sub": "4711", "iat": 1767225600, "exp": 1767229200})
PEM = "\n".join(_random(f"pem {row}", BOTH, 64) for row in range(12))


def made(size: int, what: str = "", letters: str = BOTH) -> str:
    return _random(f"trees {what} {size}", letters, size)


def begin(mark: str) -> str:
    return f"-----{mark} RSA PRIVATE " + "KEY-----"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


STYLES = ",".join(
    f'{name}:"{made(20, name)}"' for name in ("header", "password", "footer", "userData", "settings_page")
)
LOOKALIKES = {
    "code between two strings": (
        "app.js",
        'f("label",null,"Password:"),e?g.a.createElement("code",null," ****** ")',
    ),
    "an array's index between two strings": ("a.php", "$url .= '?pass='.$_SESSION['password'];"),
    "a string of a template": ("wizard.py", 'config += f\'    password: "{kwargs["ota_password"]}"\''),
    "a string that goes on": ("core.js", "messages:{pass:'Element\\'s default semantics were overridden'}"),
    "a name in an escaped string": (
        "a.js.map",
        '{"c":"A[\\"RESET_PASSWORD\\"] = \\"RESET_PASSWORD\\";\\nB[\\"Password\\"] = \\"Password\\";"}',
    ),
    "a place in an escaped string": (
        "data.sql",
        "INSERT INTO t VALUES ('url: \\'{$API.URL}\\', password: \\'{$API.PASSWORD}\\'')",
    ),
    "a class": ("routes.php", "'/user-password' => 'PhpMyAdmin\\\\Controllers\\\\UserPasswordController',"),
    "a service": ("services.php", "'$userPassword' => '@user_password',"),
    "a route": ("routes.rb", "match 'person/changepasswd' => 'person#change_my_password', via: [:post]"),
    "rules for a field": ("Create.php", "'password1' => 'required|string',"),
    "a name of a standard": (
        "Constants.php",
        "const AC_PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';",
    ),
    "a mail address": ("ftp.php", '$this->_password="anon@ftp-harbour.com";'),
    "an escaped hash": ("setup.sh", "password: '\\$5\\$" + made(16) + "\\$" + made(60) + "'"),
    "a digest": ("config.json", f'"password": "{made(128, letters="0123456789abcdef")}",'),
    "a call without quotes": ("ldap.schema", 'Pass = cuttlefish:conf_get("auth_ldap.bind.password", Conf),'),
    "a name in brackets": ("change.patch", "+    pass = [plainPassword asCryptedPassUsingScheme: a"),
    "a property": ("page.tsx.ejs", "<PasswordStrengthBar password={password2} />"),
    "a macro's argument": ("configure.ac", "DB_RT_PASS=rt_pass)"),
    "an expansion": ("filter", '&User-Password := "%{string:Tmp-String-0}"'),
    "a label in another script": ("strings.conf", "realm.getPassword=永远不应该调用getPassword（）方法"),
    "quotes of a printer": ("cli", "# dbname=whatever user=whatever password=whatever1”;"),
    "a variable, half of it decoded": ("create.bat", "SET password = '**%ADMINPW%' WHERE user_no = 1;"),
    "words in base64": ("secret.yml.ejs", f"  password: {b64encode(b'jhipster').decode()}\n"),
    "the name of a key": ("Makefile", f"SIGNING_KEY={made(40, letters=UPPER_HEX)}\n"),
    "names that a build made": ("dashboard.bundle.js", f"var s={{{STYLES}}};"),
    "a value that counts up": ("influxdb.conf", '//auth_token = "ABCDEvwxyz0189-_"'),
    "words behind a prefix": ("", "lip_" + "work_allocate_task"),
    "an example in JSON": (
        "openapi.json",
        f'{{"token":{{"type":"string"}},"example":{{"user":[{{"token":"{made(40)}"}}]}}}}',
    ),
    "an example's own value": ("bundle.js", f'{{"description":"The token","example":"{PERSON}"}}'),
    "an example in YAML": (
        "openapi.yml",
        f"      schema:\n        example:\n          data:\n            accessToken: {made(40)}\n",
    ),
    "a comment for a manual": ("ldap.js", f"/**\n * Set it up:\n *   {{ password: '{Q}' }}\n */\n"),
    "a string for a manual": (
        "views.py",
        f'def get():\n    """Ask so:\n\n    "passphrase": "{P}"\n    """\n',
    ),
    "Perl's manual": ("REST2.pm", f"=head1 EXAMPLES\n\n    password => '{P}'\n\n"),
    "a person's token in a test": ("tests/zm_crypt.cpp", f'"{PERSON}";'),
    "a login in documentation": (
        "docs/configuration.md",
        f"Authorization: [Basic {b64encode(f'bot:{Q}'.encode()).decode()}]",
    ),
    "an address in a test": ("src/FooTest.java", f'parse("https://bob:{Q}@www.harbour-prod.com/search")'),
    "a name for a password": (
        "install.conf",
        "connection = mysql+pymysql://neutron:NEUTRON_DBPASS@controller/neutron",
    ),
    "a product's first password": (
        "defaults.xml",
        "mysql://kamailio:kamailiorw@localhost/kamailio firebird://SYSDBA:masterkey@192.168.86.38/x",
    ),
    "lines that end as base64 does": (
        "words.txt",
        "".join(f"{b64encode(f'lvnbh{n}{made(n % 4 + 3, str(n))}'.encode()).decode()}\n" for n in range(40)),
    ),
    "two arguments on two lines": (
        "REST2.pm",
        "curl -u 'root:password'\n     'https://rt.harbour-prod.com/REST/2.0/ticket/6/take'",
    ),
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_it_opens_nothing(detector: Detector, name: str) -> None:
    path, text = LOOKALIKES[name]
    assert detector.find(f"{text}\n".encode(), path) == ()


def test_bytes_that_are_no_text_hold_no_address(detector: Detector) -> None:
    assert detector.find(b"iTXt://,:J\xfb\x8fQ7xk2\xda\xa9z@H7", "start.png") == ()


TWINS = {
    "an assignment after a string": ("app.js", f'label("Password:"); var password = "{P}";', P),
    "an escaped string": ("bundle.js.map", f'{{"c":"password = \\"{P}\\";"}}', P),
    "beside an example": ("app.json", f'{{"example":{{"a":1}},"service":{{"password":"{P}"}}}}', P),
    "after an example": ("app.yml", f"example:\n  a: 1\nservice:\n  password: {P}\n", P),
    "a comment": ("settings.py", f"# password = '{P}'\n", P),
    "after a manual's string": ("views.py", f'def get():\n    """Ask."""\n    password = "{P}"\n', P),
    "after Perl's manual": ("REST2.pm", f"=head1 NAME\n\n=cut\n\nmy $password = '{P}';\n", P),
    "an address of a machine nearby": (".env", f"DATABASE_URL=postgres://app:{Q}@db/app\n", Q),
    "a word for a machine that all reach": (
        "app.yml",
        "url: mysql://app:quietmountainriver@db.harbour-prod.com/app\n",
        "quietmountainriver",
    ),
    "a password in base64": (
        "secret.yml",
        f"  password: {b64encode(P.encode()).decode()}\n",
        b64encode(P.encode()).decode(),
    ),
    "keys of several services": (
        "app.json",
        ",".join(f'"{name}ApiKey":"{made(32, name)}"' for name in ("acme", "harbour", "quay", "crane")),
        made(32, "acme"),
    ),
    "a folder that only begins so": ("testimonials/settings.php", f"$password = '{P}';", P),
    "the letters of a newspaper": ("newsletter.yml", f"password: {P}\n", P),
}


@pytest.mark.parametrize("name", TWINS)
def test_what_looks_alike_and_is_a_secret_is_told(detector: Detector, name: str) -> None:
    path, text, value = TWINS[name]
    assert value in {each.value for each in detector.find(text.encode(), path)}


@pytest.mark.parametrize("mark", ["-", "+", " "])
def test_a_key_in_a_patch_is_the_key_itself(detector: Detector, mark: str) -> None:
    """One key is one secret, in the file and in the patch that takes it out."""
    key = f"{begin('BEGIN')}\n{PEM}\n{begin('END')}\n"
    patch = "".join(f"{mark}{line}\n" for line in key.splitlines())
    (plain,), (patched,) = detector.find(key.encode()), detector.find(patch.encode(), "a.patch")
    assert plain.value == patched.value
