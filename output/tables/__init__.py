"""One module is one group of tables. Drop a file in; nothing else changes."""
