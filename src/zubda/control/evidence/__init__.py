"""From claims to reports on places and days, and the tables that say how far each report can be trusted."""
