"""One file a verb. A file is imported only when its verb is used (kgc/cli/app.py holds the table)."""
