"""How downloads of a class are arranged: by their names, and the tables that lie beside."""
