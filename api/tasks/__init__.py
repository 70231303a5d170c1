"""The plan tasks as a table: filtered, paged, and as files for a spreadsheet."""
