"""Files, folders, dumps and addresses to documents: plain text, blocks and links, each character mapped back to the raw text."""

from zubda.documents.inputs import read_documents
from zubda.documents.reader import read_document

__all__ = ["read_document", "read_documents"]
