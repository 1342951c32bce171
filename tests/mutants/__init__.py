"""Mistakes that students make, as data: each is the reference with one edit.

``catches`` names the checks that fail on it; a check whose failure is put down to another's
is not among them.  Together the mutants show that every check can fail, and each entry of the
catalogue of misconceptions has one that shows it.
"""

from mutants import step01, step02, step03, step04, step06, step07, step08, step09, step10
from mutants.mutant import Mutant

__all__ = ["MUTANTS", "Mutant"]
MODULES = (step01, step02, step03, step04, step06, step07, step08, step09, step10)
MUTANTS = tuple(mutant for module in MODULES for mutant in module.MUTANTS)
