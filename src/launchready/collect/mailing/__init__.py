"""How the portal is made to send its mails, and how they are found again: the parts of `collect.mail_drill`."""
