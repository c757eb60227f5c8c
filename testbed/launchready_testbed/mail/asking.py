"""How is the portal made to send, in the looks of faults? Lines of commands, as `fault.py` describes them."""

RESET = '$ submit k /forgot /forgot -o /dev/null --data-urlencode "email@{secrets}/nora.username"\n'
"""A reset mail to nora, at the provider that is like Gmail."""
RESET_AT_OUTLOOK = RESET.replace("nora", "sol")
"""The same to sol, at the one that is like Outlook."""
RESET_AT_IMAP = RESET.replace("nora", "sam")
"""The same to sam, on a mail server of one's own."""
INVITE = (
    "$ sign_in ada > ada.html\n"
    "$ submit ada /users/invite /users/invite -o /dev/null"
    ' -d "name=Test&email=nora%2Btest@northwind.test&role=client&tenant=1"\n'
)
"""An invitation to nora."""
NOTIFICATION = (
    "$ sign_in ada > ada.html\n"
    """$ interface ada POST /announcements '{"title": "Test", "body": "This is a test."}' > ada.json\n"""
)
"""A notification to everybody."""
