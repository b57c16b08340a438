"""How well an extractor or a strategy does on annotated text: data sets in, scores with intervals out."""
