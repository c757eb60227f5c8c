"""Passwords and keys that only a name tells: in settings, code and addresses, and what beside such a name is none."""

import pytest

from launchready.detect import Detector

# Put together here, so that no file holds what looks like a live one.
P = "Tr0ub" + "4dor&3x"
SIGNS = "g7#k2(v" + "@q9z!x4m&t" + "1%w8)e+h5*" + "r3=j6^b0-p"
XML_P = P.replace("&", "&amp;")
K = "f3b9a1c7" + "5e2d4866" + "90ab77cd" + "12ef3481"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


SECRETS = [
    (".env", f"DB_PASSWORD={P}\n"),
    (".env.production", f"export SMTP_PASS='{P}'\n"),
    (".env", "DB_PASSWORD=correctdonkeybattery\n"),
    ("config/database.yml", f"production:\n  adapter: mysql\n  password: {P}\n"),
    ("config/app.yaml", f'jwtSecret: "{K}"\n'),
    ("php.ini", f"mail.password = {P}\n"),
    ("application.properties", f"spring.datasource.password={P}\n"),
    ("settings.py", f'SECRET_KEY = "django-insecure-{K}"\n'),
    ("settings.py", f"SECRET_KEY = 'django-insecure-{SIGNS}'\n"),
    (".env", f"SECRET_KEY={SIGNS}\n"),
    ("settings.py", f"DATABASES = {{'default': {{'PASSWORD': '{P}'}}}}\n"),
    ("config.js", f'module.exports = {{ db: {{ password: "{P}" }} }};\n'),
    ("config.ts", f'export const apiKey: string = "{K}";\n'),
    ("config.php", f"define('DB_PASSWORD', '{P}');\n"),
    ("config.php", f"$config['password'] = '{P}';\n"),
    ("main.go", f'password := "{P}"\n'),
    ("main.py", f'api_key = os.getenv("API_KEY") or "{K}"\n'),
    ("main.py", f'password: str = "{P}"\n'),
    ("server.js", f"const secret = process.env.JWT_SECRET || '{K}';\n"),
    ("Main.java", f'config.setPassword("{P}");\n'),
    (
        "web.config",
        f'<add name="db" connectionString="Server=db.harbour-prod.com;Database=h;User Id=h;Password={XML_P};" />',
    ),
    ("pom.xml", f"<server><username>deploy</username><password>{XML_P}</password></server>"),
    ("docker-compose.yml", f"    environment:\n      - POSTGRES_PASSWORD={P}\n"),
    ("Dockerfile", f"ENV ADMIN_PASSWORD={P}\n"),
    ("deploy.tf", f'  master_password = "{P}"\n'),
    ("notes", f"postgresql://harbour:{P.replace('&', '%26')}@db.harbour-prod.com/harbour\n"),
    ("celery.py", f'broker = "amqp://harbour:{K}@queue.harbour-prod.com:5672/"\n'),
    ("", f"10.0.0.7 POST /login?user=ada&password={P.replace('&', '%26')}&next=%2F\n"),
    ("app.log", f'{{"msg": "login", "body": {{"user": "ada", "password": "{P}"}}}}\n'),
    ("app.log", f"level=info msg=login user=ada password={P}\n"),
    ("", f"Authorization: Bearer {K}{K}\n"),
    ("appsettings.json", f'{{"Smtp": {{"Password": "{P}"}}, "Jwt": {{"SigningKey": "{K}"}}}}'),
]

NO_SECRETS = [
    ("main.py", 'password = request.form["password"]\n'),
    ("main.py", "login(username=username, password=password)\n"),
    ("main.py", "token = make_token(user1, 3600)\n"),
    ("main.ts", "password: string;\n  apiKey?: string | undefined;\n"),
    ("main.js", 'document.querySelector("#password").value = "";\n'),
    ("main.js", 'const RESET_PASSWORD = "/v1/accounts:resetPassword2";\n'),
    ("main.js", 'secretPattern = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$"\n'),
    ("main.js", 'const token = "<div class=x&y;>{{a.b}}</div><b>1+2=3!</b>,(*)";\n'),
    ("main.js", '["_password","_tenantId2","oobCode3"]'),
    ("main.js", 'passwordPattern = "^(?=.*[A-Z])(?=.*[0-9]).{8,}$"\n'),
    ("main.js", 'tokens: "keyword.operator.v2", token: "support.function.css3"\n'),
    ("main.php", "$password = $_POST['password'];\n"),
    ("main.rb", "password = params[:password]\n"),
    ("main.go", 'password := os.Getenv("DB_PASSWORD_2")\n'),
    ("Main.java", 'String passwordField = "user_password_1";\n'),
    ("style.css", "input[type=password]:focus2 { color: #ab12cd }\n"),
    ("locales/de.json", '{"password": "Passwort1", "secret": "Geheim-Nr.7"}'),
    ("de.po", 'msgid "password"\nmsgstr "Passwort123"\n'),
    (".env.example", f"DB_PASSWORD={P}\nAPI_KEY={K}\n"),
    ("tests/test_login.py", f'password = "{P}"\n'),
    ("README.md", f"Set `password: {P}` in the file.\n"),
    (".env", "DB_PASSWORD=\nSECRET_KEY=changeme\nAPI_KEY=your_api_key\n"),
    (".env", "DB_PASSWORD=$DB_PASSWORD_FILE\nTOKEN=%TOKEN%\n"),
    (".env", "PASSWORD_MIN_LENGTH=12\nPASSWORD_RESET_URL=/reset/2\nTOKEN_TTL=3600s\n"),
    ("values.yaml", "password: {{ .Values.password2 }}\nsecret: !vault |\n"),
    ("values.yaml", "existingSecret: harbour-db-credentials-2\nsecretName: tls-v2-cert\n"),
    ("values.yaml", "passwordSecretRef:\n  name: db-pass-1\n  key: password\n"),
    ("deploy.tf", "password = var.db_password2\n"),
    ("deploy.tf", 'password = "${random_password.db.result}"\n'),
    ("openapi.yaml", "password:\n  type: string\n  example: hunter22\n"),
    ("ci.yml", "token: ${{ secrets.GITHUB_TOKEN }}\npassword: $(REGISTRY_PASSWORD)\n"),
    ("app.log", f"password_hash=$2b$12${K} password=******** token=[FILTERED]\n"),
    ("app.log", f"request_id={K} session expired, token invalid, password=*** retry=2\n"),
    ("page.html", '<label for="password">Password1:</label><a href="/password=reset2">?</a>'),
    ("package-lock.json", f'"integrity": "sha512-{K}=="'),
    ("main.py", f'etag = "{K}"\ncsrf_token = "{K}"\nnext_page_token = "{K}"\n'),
    ("users.sql", f"INSERT INTO users (name, password_hash) VALUES ('ada', '{K}');\n"),
]


@pytest.mark.parametrize("number", range(len(SECRETS)))
def test_what_somebody_chose_is_told(detector: Detector, number: int) -> None:
    path, text = SECRETS[number]
    assert len({each.value for each in detector.find(text.encode(), path)}) == (
        2 if "SigningKey" in text else 1
    ), (path, text)


@pytest.mark.parametrize("number", range(len(NO_SECRETS)))
def test_words_code_and_examples_are_not(detector: Detector, number: int) -> None:
    path, text = NO_SECRETS[number]
    assert not detector.find(text.encode(), path), (path, text)


def test_the_value_is_whole(detector: Detector) -> None:
    """A sign that ends a value in an address does not end one in a file of settings."""
    (found,) = detector.find(f"DB_PASSWORD={P}\n".encode(), ".env")
    assert found.value == P
    assert found.generic
