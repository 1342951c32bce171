"""Mistakes that students make, as data: each is the reference with one edit.

``catches`` names the checks that fail on it; a check whose failure is put down to another's
is not among them.  Together the mutants show that every check can fail, and each entry of the
catalogue of misconceptions has one that shows it.
"""

from importlib import import_module

from graders.syllabus import SYLLABUS
from mutants.mutant import Mutant

__all__ = ["MUTANTS", "Mutant"]
MODULES = [import_module(f"mutants.{unit.step}") for unit in SYLLABUS]
MUTANTS = tuple(mutant for module in MODULES for mutant in module.MUTANTS)
