"""Pages of a PDF as pure geometry: letters to words, lines, columns, tables and paragraphs."""
