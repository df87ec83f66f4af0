"""What is timed and measured, against whom. ``python -m benchmarks [NAME ...]`` runs them and records the figures in results.md."""
