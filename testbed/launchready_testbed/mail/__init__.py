"""The bed's mail: what the portal sends, the mailboxes it comes to, and the server that lets people read them."""
