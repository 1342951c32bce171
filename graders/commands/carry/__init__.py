"""Reading and filling the template's holes as syntax trees; see ``command.py``."""
