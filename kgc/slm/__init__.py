"""The built-in model: entities by a small spaCy pipeline, relations and attributes by rules; no key, no network."""
