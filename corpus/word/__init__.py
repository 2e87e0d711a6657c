"""The inside of a Word file: its package, styles, numbering and body."""
