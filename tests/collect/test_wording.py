"""What addresses and labels say: verbs where they act, in many languages, and pages that only read like it."""

import pytest

from launchready.collect.wording import Says, address_says, label_says

ROOT = "https://portal.example"

ACTING = """/account/42/delete /x?action=delete&id=3 /tickets/3/close /toggle-theme /i18n/setlang/ /users/5/impersonate
/cart/add/5 /cart?add-to-cart=5 /approvals/7/approve /notifications/mark-all-read /lang/de /x?lang=de /reports/export
/newsletter/unsubscribe /tickets/3/l%C3%B6schen /tickets/3/loeschen /deleteUser.php?id=3 /?_switch_user=nora /x?_method=delete
/tickets/3/%E5%89%8A%E9%99%A4 /items/3/up /users/5/login-as /theme/dark /close?id=3 /invite/accept/abc /orders/3/archive
/messages/send-reminder /password/reset /projects/5/lock /index.php?title=x&action=purge /todo/5/done /switch/acme
/tickets/15/?take /tickets/3?close /tickets/3?subscribe&x= /tickets/3/hold/ /change_language/?to=de /comptes/7/supprimer
/clientes/7/eliminar /tickets/7/usun /notifications/all/unread""".split()
ENDING = """/logout /Abmelden /session/end-session /compte/d%C3%A9connexion /auth/log_out /signOut /x?page=logout
/cerrar-sesion /account/sair /wyloguj /%E7%99%BB%E5%87%BA""".split()
READING = """/ /help/how-to-delete-a-ticket /reports/deleted /tickets/3 /tickets/new /tickets/3/edit /users/add /orders/5 /order/5
/archive /archive/2026 /tickets?page=2&sort=name /settings /settings/profile /i18n/de.json /assets/delete.svg /trash.png
/documents/3/report.pdf /exports /tickets/export.csv /de/dashboard /blog/outlook /login /account/password
/account/change-password /addresses /checkout /copy /runs/17 /run/17 /help/closing-and-reopening /search?q=delete
/login?next=/logout /api/v1/me /marketing /sets/4 /releases/1.2 /releases/3/notes /tickets/3/comments/new
/users?status=active /users?filter=archived /emails /mail/17 /x?mode=edit /theme/css/app.css /confirmed /approvals/7
/tickets/3?print /tickets?unread /tickets/3?page=2 /change_language/ /cancellations /clearance /%D0%B7%D0%B0%D1%8F%D0%B2%D0%BA%D0%B8/3""".split()


@pytest.mark.parametrize("path", ACTING)
def test_an_address_that_acts(path: str) -> None:
    assert address_says(ROOT + path) == Says.CHANGES


@pytest.mark.parametrize("path", ENDING)
def test_an_address_that_signs_out(path: str) -> None:
    assert address_says(ROOT + path) == Says.SIGNS_OUT


@pytest.mark.parametrize("path", READING)
def test_an_address_that_reads(path: str) -> None:
    assert address_says(ROOT + path) == Says.READS


@pytest.mark.parametrize(
    "path",
    ["/x?csrf=ab12", "/x?_wpnonce=12", "/x;jsessionid=12", "/x?id=3&authenticity_token=a", "/x?sesskey=9"],
)
def test_an_address_with_a_token_of_one_request(path: str) -> None:
    assert address_says(ROOT + path) == Says.ONE_TIME


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Delete", "/x/3"),
        ("Ticket löschen", "/t/3"),
        ("Alle als gelesen markieren", "/n"),
        ("ログアウト", "/a"),
        ("Log out Ada", "/z"),
        ("Close", "/t/3/c"),
        ("🗑", "/t/3"),
        ("×", "/t"),
        ("Approve", "/a/9"),
        ("Mark as read", "/n/17"),
        ("Cerrar sesión", "/x"),
        ("Se déconnecter", "/x"),
        ("削除", "/x"),
        ("Удалить", "/x/1"),
        ("Add to cart", "/p/5?a=1"),
        ("Đăng xuất", "/q"),
        ("Switch to Southgate", "/o?x=2"),
        ("Выйти", "/q"),
        ("로그아웃", "/q"),
        ("حذف", "/q/1"),
    ],
)
def test_a_label_that_acts(label: str, path: str) -> None:
    assert label_says(label, ROOT + path)


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Reset password not working", "/tickets/17"),
        ("Ticket 17: delete my account", "/tickets/17"),
        ("Order 17", "/orders/17"),
        ("Order", "/orders/17"),
        ("Archive", "/archive"),
        ("Read more", "/news/17"),
        ("How to delete a ticket", "/help/how-to"),
        ("Deleted tickets", "/tickets/deleted"),
        ("Edit", "/t/3/edit"),
        ("Next", "/t?page=2"),
        ("Close of business report for May", "/reports/5"),
        ("Share prices", "/shares"),
        ("Add user", "/users/add"),
        ("Change password", "/account/password"),
        ("2", "/t?page=2"),
        ("Dashboard", "/"),
        ("チケット", "/t/1"),
        ("", "/t/1"),
    ],
)
def test_a_label_that_reads(label: str, path: str) -> None:
    assert not label_says(label, ROOT + path)
