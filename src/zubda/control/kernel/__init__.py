"""Forward–backward over many sequences at once: a compiled path, and a NumPy one that gives the same."""

from zubda.control.kernel.sparse import SparseResult, forward_backward

__all__ = ["SparseResult", "forward_backward"]
