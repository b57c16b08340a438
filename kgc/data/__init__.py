"""The records that travel between the parts: frozen, slotted, made of tuples (docs/architecture.md)."""

from kgc.data.documents import Block, BlockKind, Chunk, Document, Meta, Span
from kgc.data.facts import (
    Aligned,
    EventMention,
    Evidence,
    Extraction,
    Literal,
    Mention,
    Problem,
    ProblemCode,
    Qualifier,
    Role,
    Triple,
)
from kgc.data.graph import (
    Alias,
    AttributeValue,
    ChunkRow,
    Decision,
    DecisionKind,
    DocumentRow,
    Entity,
    Event,
    EventRole,
    Fact,
    MentionRow,
    Node,
    Status,
    Support,
)
from kgc.data.ids import content_id

__all__ = [
    "Alias", "Aligned", "AttributeValue", "Block", "BlockKind", "Chunk", "ChunkRow", "Decision", "DecisionKind",
    "Document", "DocumentRow", "Entity", "Event", "EventMention", "EventRole", "Evidence", "Extraction", "Fact",
    "Literal", "Mention", "MentionRow", "Meta", "Node", "Problem", "ProblemCode", "Qualifier", "Role", "Span", "Status",
    "Support", "Triple", "content_id",
]
