"""Keys of providers that are known by their shape alone, and what looks like one and is none."""

from base64 import b64encode

import pytest

from launchready.detect import Detector
from launchready_testbed.secret_shapes import _random

SMALL = "abcdefghijklmnopqrstuvwxyz0123456789"
HEX = "0123456789abcdef"
BOTH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + SMALL
UUID = "-".join(_random(f"uuid {place}", HEX, size) for place, size in enumerate((8, 4, 4, 4, 12)))


def made(size: int, letters: str = BOTH) -> str:
    """So many characters made by chance, the same ones in each run."""
    return _random(f"vendor {size}", letters, size)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


SHAPES = {
    "X (Twitter) bearer token": "A" * 22 + made(26) + "%3D" + made(50),
    "Intercom access token": "dG9r" + "Om" + made(53) + "=",
    "Tailscale key": "tskey-" + "auth-" + made(12) + "CNTRL-" + made(32),
    "PlanetScale API token": "pscale_" + "tkn_" + made(43),
    "SonarQube token": "sq" + "u_" + made(40, HEX),
    "New Relic API key": "NR" + "AK-" + made(27, BOTH[:26]),
    "Plaid access token": "access-" + "production-" + UUID,
    "Typeform API token": "tf" + "p_" + made(44) + "_" + made(13),
    "Yandex token": "AQ" + "VN" + made(36),
    "Okta API token": "SSWS 00" + made(40),
    "Lob API key": "live" + "_" + made(35, HEX),
    "Azure AD client secret": made(3) + "8Q" + "~" + made(34),
    "Azure Data Factory runtime key": f"IR@{UUID}@harbour-factory@ServiceEndpoint=harbour@{made(43)}=",
    "Doppler token": "dp." + "st.prd." + made(40),
    "Fly.io access token": "fm2" + "_" + made(200),
    "Braintree access token": "access_token" + "$production$" + made(16, SMALL) + "$" + made(32, HEX),
    "Facebook access token": made(15, "123456789") + "|" + made(27),
    "Flutterwave secret key": "FLW" + "SECK-" + made(32, HEX) + "-X",
    "Adyen API key": "AQE" + "yhmfx" + made(40) + "=-" + made(20) + "." + made(20),
    "CAST AI API key": "castai" + "_v1_" + made(64) + "_" + made(8),
    "Artifactory token": "AK" + "Cp" + made(69),
    "Defined Networking API token": "dnk" + "ey-" + made(26) + "-" + made(52),
    "Chief Tools token": "ct" + "p_" + made(36),
    "Dropbox access token": "sl." + "u." + made(140),
    "Contentful management token": "CF" + "PAT-" + made(43),
    "Paystack secret key": "sk_" + "live_" + made(40, HEX),
    "Sentry organization token": "sntrys_" + "eyJ" + made(90) + "=_" + made(43),
    "Slack token": "xoxe." + "xoxp-1-" + made(160),
    "GitLab token": "gl" + "pat-" + made(27) + ".01.0a1b2c3d4",
    "Databricks API token": "da" + "pi" + made(32, HEX),
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize(
    "around", ["started with {} after 12 ms", '{{"note":"{}"}}', "<td>{}</td>", "TOKEN={}\n"]
)
def test_a_shape_is_told_whole_and_alone(detector: Detector, kind: str, around: str) -> None:
    """Nothing of what stands around it is taken along: the same secret would be another in each file."""
    found = detector.find(around.format(SHAPES[kind]).encode())
    assert [(each.kind, each.value) for each in found] == [(kind, SHAPES[kind].removeprefix("SSWS "))]


LOOKALIKES = {
    "empty bytes in base64": "data:font/woff;base64," + "A" * 30 + made(80) + "==",
    "a run of one letter": "A" * 120,
    "words between hyphens": "xoxb-" + "123-my-slack-bot-token-goes",
    "a masked token": "xoxp-" + "-".join([made(12, "123456789")] * 3) + "-####",
    "words for a token": "xoxe." + "xoxp-1-RANDOMSTRINGHERE",
    "a number and words": made(15, "123456789") + "|com-example-service-handler",
    "a number and something else": made(15, "123456789") + ";" + made(27),
    "a hash with a prefix": "test_" + made(32, HEX),
    "a Google key that goes on": "AI" + "za" + made(44),
    "a name in XML": '<add key="PublicKeyToken" value="b03f5f7f11d50a3a"/>',
    "a variable in XML": '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />',
    "a type's name": 'token:"clm12345:AgencyIdentificationCodeContentType"',
    "a name with dots": "private_key = rust_openssl.hpke.MLKEM768X25519PrivateKey",
    "a variable in a header": 'curl -H "X-API-Key: $API_KEY_OF_SERVICE" -H "Private-Token: <your_access_token>"',
    "a variable of curl's": 'curl -u "$NAME:$PASS" x; curl -u user:password x; curl -u bot:$PASS x',
    "another command's user": "curl x\nsudo -u www:wwwData1 ls",
    "an auth that is no login": '{"auth": "oauth2provider"} {"auth":"dXNlcjpwYXNzd29yZA=="}',
    "a block of words": "with:\n  token: |\n    ${{ secrets.X }}\n  password: |\n    something\n",
    "no value in a template": "kind: Secret\ndata:\n  htpasswd: {{ htpasswd }}\n---\nkind: ReplicationController\n",
    "a certificate": "kind: Secret\ndata:\n  ca.pem: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUQ3VENDQXRXZ0F3SUJBZ0lK\n",
    **{
        f"an address with {place} for {scheme}": f"{scheme}://harbour:{place}@db.harbour-prod.com/x"
        for place in ("${PASS}", "<password>", "****", "%s", "{{ password }}")
        for scheme in ("mongodb", "mongodb+srv", "postgresql", "redis", "https")
    },
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_lookalike_is_none(detector: Detector, name: str) -> None:
    assert detector.find(f"{LOOKALIKES[name]}\n".encode()) == ()


P = "kT7!pQz9" + "Wv2x"
Q = "k7Qz9" + "vTr2w"
WRITTEN = {
    "a setting of NuGet's": ("nuget.config", f'<add key="ClearTextPassword" value="{P}" />', P),
    "a block in YAML": ("secret.yaml", f"stringData:\n  password: |\n    {P}\n", P),
    "a Secret of Kubernetes": (
        "secret.yaml",
        f"kind: Secret\nmetadata:\n  name: harbour\ndata:\n  password: {b64encode(f'{Q}8K'.encode()).decode()}\n",
        f"{Q}8K",
    ),
    "a login of Docker's": (
        "config.json",
        f'{{"auths":{{"r.io":{{"auth":"{b64encode(f"bot:{Q}".encode()).decode()}"}}}}}}',
        Q,
    ),
    "a user of curl's": ("deploy.sh", f"curl -s \\\n  -u 'bot:{P}' https://harbour-prod.com", P),
    "a header in quotes": (
        "deploy.sh",
        f'curl -H "X-API-Key: {made(40)}" https://harbour-prod.com',
        made(40),
    ),
    "a password for MongoDB": ("", f"mongodb+srv://bot:{P}@c0.ab1cd.mongodb.net/x", P),
    "a key with dots": ("", f"HARNESS_API_KEY=sat.v{made(21)}.a{made(23, SMALL)}.u{made(19)}", ""),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_way_to_write_it_down_is_known(detector: Detector, name: str) -> None:
    path, text, value = WRITTEN[name]
    (found,) = detector.find(text.encode(), path)
    assert found.value == (value or text.partition("=")[2])


PUBLIC = {
    "Razorpay key id": "rzp_" + "live_" + made(14),
    "Lob publishable key": "live_" + "pub_" + made(31, HEX),
    "Flutterwave public key": "FLW" + "PUBK-" + made(32, HEX) + "-X",
    "Braintree tokenization key": "production_" + made(8, SMALL) + "_" + made(16, SMALL),
    "Twilio API key id": "S" + "K" + made(32, HEX),
}


@pytest.mark.parametrize("kind", PUBLIC)
def test_what_pages_and_addresses_show_is_counted(detector: Detector, kind: str) -> None:
    reading = detector.read(f"SERVICE_API_KEY={PUBLIC[kind]}\n".encode())
    assert (reading.found, reading.public) == ((), ((kind, 1),))


GITHUB = "gh" + "p_" + made(36)


@pytest.mark.parametrize(
    "text",
    [
        f"AMPLITUDE_ENABLED=true\nGITHUB_TOKEN={GITHUB}",
        f"ANALYTICS_API_KEY={GITHUB}",
        f"# heap\nACME_API_TOKEN={made(40)}",
        f'{{"mixpanel":{{"id":"a"}},"acme":{{"apiKey":"{made(32)}"}}}}',
        f"CUSTOMER_SEGMENT_SERVICE_API_KEY={made(32)}",
        f"ALGOLIA_ADMIN_API_KEY={made(32, HEX)}",
        f"MIXPANEL_API_SECRET={made(32, HEX)}",
        f"ROLLBAR_SERVER_TOKEN={made(32, HEX)}",
        f"INTERCOM_ACCESS_TOKEN={made(60)}",
        f"BITBUCKET_CLIENT_SECRET={made(32)}",
        f"ADOBE_CLIENT_SECRET={made(32, HEX)}",
        f"CONTENTFUL_MANAGEMENT_TOKEN={made(43)}",
    ],
)
def test_a_service_for_browsers_hides_no_secret(detector: Detector, text: str) -> None:
    """What is public is told by the name of the value itself, and gives way to a provider's shape."""
    assert len(detector.find(f"{text}\n".encode(), ".env")) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"SEGMENT_WRITE_API_KEY={made(32)}",
        f"VITE_BUGSNAG_API_KEY={made(32, HEX)}",
        f"REACT_APP_ROLLBAR_ACCESS_TOKEN={made(32, HEX)}",
        f'Bugsnag.start({{apiKey:"{made(32, HEX)}"}})',
        f'settings.mixpanel.token = "{made(32, HEX)}"',
        f"BITBUCKET_CLIENT_ID={made(32)}",
    ],
)
def test_its_own_key_is_public(detector: Detector, text: str) -> None:
    reading = detector.read(f"{text}\n".encode())
    assert not reading.found
    assert reading.public
