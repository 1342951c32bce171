"""New steps and checks: their files, with holes for the author to fill."""
