"""One module is one kind of fact."""
