"""How press articles are read: whose words stand between the marks. See HEURISTICS.md."""
