"""Bridges to LangChain: its documents in, its graph documents out, and the graph for its question-answering chains.

Needs the extra `langchain`: `pip install 'kgc-toolkit[langchain]'`.
"""

from kgc.langchain.documents import ingest_documents
from kgc.langchain.graph import KgcGraph
from kgc.langchain.transformer import KgcGraphTransformer

__all__ = ["KgcGraph", "KgcGraphTransformer", "ingest_documents"]
