"""Which names mean the same thing: proposals with a reason, as decisions that a person can undo."""
