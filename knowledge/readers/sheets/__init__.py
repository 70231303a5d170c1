"""Ledgers: .xlsx and .xls with every cell as displayed, .csv."""
