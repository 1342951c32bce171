"""Reading and filling the template's holes as syntax trees; see ``graders/carry.py``."""
