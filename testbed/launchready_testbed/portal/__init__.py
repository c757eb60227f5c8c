"""The Harbour Client Portal: a small, sound, believable application to audit."""
