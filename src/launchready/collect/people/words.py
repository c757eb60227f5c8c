"""Words by which people find their way on a page, in the languages of most portals.

They rank what structure has found, and never decide a verdict: a portal in a language that is missing here still works
where its forms are built as forms are.
"""

import re

_FLAGS = re.IGNORECASE


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), _FLAGS)


LOGIN = _any(
    r"log[\s_-]?(?:in|on)\b", r"sign[\s_-]?(?:in|on)\b", r"\bsso\b", r"authenti", r"anmeld", r"einlogg", r"connexion",
    r"connecter", r"identifier", r"iniciar", r"inicie", r"acceder", r"acceso", r"ingresar", r"entrar", r"accedi",
    r"accesso", r"inloggen", r"aanmelden", r"logga\s?in", r"log\s?ind", r"logg\s?inn", r"kirjaudu", r"zaloguj",
    r"logowanie", r"přihl", r"prihl", r"bejelentkez", r"autentific", r"conectare", r"giriş", r"oturum\s?aç", r"войти",
    r"вход", r"увійти", r"σύνδεση", r"είσοδος", r"登录", r"登入", r"ログイン", r"로그인", r"đăng\s?nhập", r"เข้าสู่ระบบ",
    r"تسجيل الدخول", r"כניסה", r"התחבר", r"masuk", r"लॉग", r"\bsessions?/new\b",
)  # fmt: skip
SIGN_UP = _any(
    r"sign[\s_-]?up", r"regist", r"create.{0,12}account", r"\bjoin\b", r"konto\s(?:erstellen|anlegen)", r"inscri",
    r"créer", r"crear", r"criar", r"cadastr", r"rejestr", r"registr", r"zarejestr", r"aanmaken", r"opret", r"skapa",
    r"üye\s?ol", r"kayıt", r"регистр", r"注册", r"註冊", r"新規", r"회원가입", r"đăng\s?ký", r"التسجيل", r"הרשמה",
)  # fmt: skip
OTHER_FORM = _any(
    r"newsletter", r"subscri", r"search", r"suche", r"recherch", r"buscar", r"\bcerca\b", r"zoek", r"forgot", r"recover",
    r"reset", r"vergessen", r"oubli", r"olvid", r"esquec", r"contact", r"kontakt", r"invite", r"feedback", r"comment",
)  # fmt: skip
"""What a form with one field for an address may be, other than the first step of a login."""
LOGOUT = _any(
    r"log[\s_-]?(?:out|off)\b", r"sign[\s_-]?(?:out|off)\b", r"abmeld", r"auslogg", r"déconn", r"deconn", r"cerrar.?ses",
    r"\bsalir\b", r"terminar.?sess", r"\bsair\b", r"\bsalida\b", r"disconnett", r"\besci\b", r"logout", r"uitlog",
    r"afmeld", r"logga\s?ut", r"log\s?ud", r"logg\s?ut", r"kirjaudu\s?ulos", r"wylog", r"odhl", r"kijelentkez",
    r"deconectare", r"çıkış", r"oturumu\s?kapat", r"выйти", r"выход", r"вийти", r"αποσύνδεση", r"退出", r"登出",
    r"ログアウト", r"로그아웃", r"đăng\s?xuất", r"ออกจากระบบ", r"تسجيل الخروج", r"התנתק", r"יציאה", r"keluar",
    r"/sessions?/(?:destroy|delete|end)\b",
)  # fmt: skip
USER = _any(
    r"e-?mail", r"courriel", r"correo", r"user", r"login", r"benutzer", r"utilisateur", r"usuario", r"usuário", r"utente",
    r"gebruiker", r"account", r"konto", r"identif", r"member", r"\bid\b", r"phone", r"użytkownik", r"uživatel",
    r"пользовател", r"логин", r"почт", r"用户", r"帳號", r"账号", r"メール", r"ユーザ", r"아이디", r"이메일",
)  # fmt: skip
TENANT = _any(
    r"tenant", r"company", r"compan", r"organi[sz]ation", r"\borg\b", r"workspace", r"domain", r"firm", r"mandant",
    r"customer", r"kunden", r"client",
)  # fmt: skip
CODE = _any(
    r"\botp\b", r"totp", r"one[\s_-]?time", r"2fa", r"mfa", r"two[\s_-]?factor", r"second[\s_-]?factor", r"authenticator",
    r"verif", r"\bcode\b", r"passcode", r"\btoken\b", r"\bpin\b", r"einmal", r"bestätig", r"sicherheitscode", r"código",
    r"codice", r"kode?\b", r"kód", r"koodi", r"код", r"验证码", r"驗證碼", r"認証コード", r"確認コード", r"인증",
    r"mã xác", r"رمز", r"קוד",
)  # fmt: skip
LOCKED = _any(
    r"\block(?:ed|out)\b", r"gesperrt", r"verrouill", r"bloqu", r"bloccat", r"geblokkeerd", r"zablokow", r"zablokov",
    r"spärra", r"spærret", r"sperret", r"lukittu", r"letilt", r"blocat", r"kilitl", r"заблокир", r"заблоков", r"锁定",
    r"鎖定", r"ロック", r"잠겼", r"잠금", r"bị khóa", r"suspend", r"disabled", r"deaktiviert", r"désactiv", r"desactiv",
)  # fmt: skip
LIMITED = _any(
    r"too many", r"rate.?limit", r"try again (?:in|later)", r"zu viele", r"trop de", r"demasiad", r"muitas tentativas",
    r"troppi", r"te veel", r"zbyt wiele", r"слишком много", r"过多", r"回数", r"너무 많",
)  # fmt: skip
ACCOUNT = _any(
    r"\bme\b", r"profil", r"account", r"konto", r"compte", r"cuenta", r"conta\b", r"perfil", r"settings", r"einstellung",
    r"dashboard", r"\bhome\b", r"user", r"whoami", r"überblick", r"start", r"mein", r"\bmy\b", r"профил", r"кабинет",
    r"账户", r"マイ", r"내 정보",
)  # fmt: skip
"""Where a portal is likely to say who one is."""
ENDING = _any(
    LOGOUT.pattern, r"delet", r"remov", r"destroy", r"unsubscri", r"revoke", r"cancel", r"reset", r"toggle", r"disable",
    r"switch", r"impersonat", r"lösch", r"supprim", r"elimin", r"exclu", r"удал", r"export", r"download",
)  # fmt: skip
"""What is never followed while one looks for a proof."""
FETCHING = _any(
    r"download", r"export", r"herunterlad", r"télécharg", r"descarg", r"baixar", r"scarica", r"скача", r"下载",
    r"ダウンロード",
)  # fmt: skip
"""What hands a file out, and changes nothing."""
