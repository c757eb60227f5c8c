"""Parts of `exposed`: which addresses are asked, and by what the content of a file proves what it is."""
