"""Parts of `served`: what was served, which surface a place in it belongs to, and whose secret it may be."""
