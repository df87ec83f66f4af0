"""Files to documents: plain text, blocks and links, each character mapped back to the raw text."""

from zubda.documents.reader import read_document, read_documents

__all__ = ["read_document", "read_documents"]
