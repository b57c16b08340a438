"""Pairs of inverse functions between records and the text that models write."""
