"""Records with several fields: which of them are one thing, by a Fellegi-Sunter model that is fitted without labels."""
