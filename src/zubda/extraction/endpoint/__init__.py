"""Claims from a language model behind an OpenAI-compatible address; every field must quote its characters or is refused."""

from zubda.extraction.endpoint.extractor import Endpoint, extract_by_endpoint

__all__ = ["Endpoint", "extract_by_endpoint"]
