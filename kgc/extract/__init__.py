"""From chunks to extractions: strategies that ask, the alignment of what was answered, the checks by the schema."""
