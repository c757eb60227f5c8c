"""What is public by design is counted and never told as a secret; what stands beside it decides where the shape does not."""

import pytest

from launchready.detect import Detector
from launchready_testbed import secret_shapes as shapes
from launchready_testbed.secret_shapes import PUBLIC

_MADE_UP = "".join(str(number % 10) + "kQzVbn"[number % 6] for number in range(3, 60))


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


LOOKALIKES = {
    **{name: shape("public") for name, shape in PUBLIC.items() if name != "segment-write-key"},
    "segment write key": f'analytics.load("{shapes.segment_write_key()}")',
    "segment write key in settings": f'{{"segment": {{"apiKey": "{shapes.segment_write_key()}"}}}}',
    "script's integrity": '<script src="/a.js" integrity="sha384-' + _MADE_UP * 2 + '">',
    "hash of a password": 'password = "$2b$12$' + _MADE_UP[:53] + '"',
    "hash in a setting": "ADMIN_PASSWORD_HASH=" + "3f9a" * 16,
    "git commit": "commit " + "9fd2c4" * 6 + "9fd2",
    "uuid": '"id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"',
    "label": '{"password": "Passwort", "newPassword": "Neues Passwort", "secret": "Geheimnis"}',
    "label with a sign": '{"password": "Mot-de-passe :", "passwordHint": "8-20 characters!"}',
    "variable": "password = os.environ['DB_PASSWORD']",
    "template": "DB_PASSWORD=${DB_PASSWORD}\nAPI_KEY={{ api_key }}\nSECRET_KEY=<your-secret-key>",
    "example": "DB_PASSWORD=changeme\nAPI_KEY=your-api-key-here\nJWT_SECRET=xxxxxxxxxxxxxxxx",
    "a key that repeats itself": "ibm_cloud_api_key: " + "abcd1234" * 3 + "ABCD1234" * 2 + "--__",
    "a token cut short": "pypi-AgEIcHlwaS5vcmcCJDU3OTM1MjliLWIyYTYtNDEwOC05NzRkLTM0MjNiNmEwNWIzYgACF1sxLFsi",
    "a word with the dots of a bot's token": "MZ1yGvKTjE0rY0cV8i47CjAa.uRHQPq.Xb1Mk2nEhe4iUcrGOuegj57zMCd",
    "address without a password": "postgresql://harbour@db.harbour-prod.com/harbour",
    "address with a variable": "postgresql://harbour:${PASSWORD}@db.harbour-prod.com/harbour",
    "address in documentation": "https://user:password@example.com/path",
    "aws documentation": "AKIA" + "IOSFODNN7EXAMPLE",
    "signed address": "https://b.s3.amazonaws.com/f?X-Amz-Credential=" + shapes.aws_id() + "%2F20261126%2Feu",
    "token from a text book": shapes.jwt({"sub": "1234567890", "name": "John Doe", "iat": 1516239022}),
    "form": '<input type="password" name="password" value="" autocomplete="current-password">',
    "schema": "password: string\ntoken: string\napi_key:\n  type: string\n",
    "cross-site token": '<input name="csrf_token" value="' + _MADE_UP[:40] + '">',
    "masked": "password=******** token=[FILTERED] secret=[REDACTED]",
    "minified": "e.password=t.password,n.token=this.getToken(),a({secret:r.secretKey,apiKey:o[3]})",
    "public key": "-----BEGIN PUBLIC KEY-----\n"
    + "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE" * 3
    + "\n-----END PUBLIC KEY-----",
    "lock file": '"resolved": "https://registry.example.com/a.tgz", "integrity": "sha512-'
    + _MADE_UP * 2
    + '=="',
    "sentence": "The token: an eight-digit code. The password=at least 12 characters.",
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_lookalike_is_no_secret(detector: Detector, name: str) -> None:
    assert detector.find(LOOKALIKES[name].encode()) == ()


@pytest.mark.parametrize("name", PUBLIC)
def test_it_is_none_in_a_page_either(detector: Detector, name: str) -> None:
    value = PUBLIC[name]("page")
    page = f"<script>window.__ENV__ = {{mode: 'live', key: {value!r}}}</script>"
    assert detector.find(page.encode(), "https://portal.example/") == ()


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "segment-write-key"])
def test_it_is_counted(detector: Detector, name: str) -> None:
    assert detector.read(PUBLIC[name]("counted").encode()).public


def test_a_google_key_by_itself_is_told(detector: Detector) -> None:
    (found,) = detector.find(f'const key = "{shapes.google_browser_key()}";'.encode())
    assert found.kind == "Google API key"


def test_a_google_key_for_gemini_is_told_beside_firebase(detector: Detector) -> None:
    text = f'GEMINI_API_KEY="{shapes.google_browser_key("gemini")}"\n{shapes.firebase_config()}'
    reading = detector.read(text.encode())
    assert [each.kind for each in reading.found] == ["Google Gemini API key"]


def test_roles_decide_between_keys_of_one_shape(detector: Detector) -> None:
    text = f"{shapes.supabase_anon()}\n{shapes.supabase_service_role()}\n"
    reading = detector.read(text.encode())
    assert [(each.kind, each.line, each.personal) for each in reading.found] == [
        ("Supabase service_role key", 2, False)
    ]
    assert reading.public == (("Supabase anon key", 1),)


def test_a_session_token_is_a_persons(detector: Detector) -> None:
    token = shapes.jwt({"sub": "4711", "iat": 1767225600, "exp": 1767229200})
    (found,) = detector.find(f'{{"token": "{token}"}}'.encode())
    assert (found.kind, found.personal) == ("session token", True)


def test_a_name_for_the_browser_makes_no_secret_public(detector: Detector) -> None:
    text = f"NEXT_PUBLIC_STRIPE_KEY={shapes.stripe()}\nVITE_DB_PASSWORD={_MADE_UP[:16]}!\n"
    assert [each.kind for each in detector.find(text.encode(), ".env.production")] == [
        "Stripe secret key",
        "password",
    ]
