"""The command line: one module a command group, each with ``register(app)``."""
