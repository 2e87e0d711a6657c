"""Database: facts to rows, rows to things. No HTML, no Danish."""
