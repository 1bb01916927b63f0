"""Spreadsheets read from bytes into neutral grids: .xlsx, .ods and .csv."""
