"""A kind of contract for import-linter: a folder imports what is named, and nothing else.

A list of what is forbidden falls behind with each module that is added; this one can't.
"""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

REACHING = frozenset({
    "asyncio", "concurrent", "ctypes", "ftplib", "http", "multiprocessing", "posix", "pty",
    "runpy", "signal", "smtplib", "socket", "socketserver", "ssl", "subprocess", "urllib",
})  # fmt: skip
"""Modules of the standard library that start something, run it, or reach another process."""


class Only(Contract):
    """A package imports itself, the modules that are named and the standard library.

    What reaches other processes is not for it, unless ``reaching`` says so.
    """

    type_name = "only"

    source_modules = fields.SetField(subfield=fields.ModuleField())
    allowed_modules = fields.SetField(subfield=fields.StringField())
    reaching = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return each import that goes beyond what is named."""
        beyond = [
            f"{module} -> {imported}"
            for source in self.source_modules
            for module in sorted({source.name} | graph.find_descendants(source.name))
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not self.may_import(source.name, imported)
        ]
        return ContractCheck(kept=not beyond, metadata={"beyond": beyond})

    def may_import(self, source: str, imported: str) -> bool:
        """Tell whether a package may import a module."""
        if any(within(imported, name) for name in (source, *self.allowed_modules)):
            return True
        standard = imported.partition(".")[0] in sys.stdlib_module_names
        return standard and (self.reaching or imported.partition(".")[0] not in REACHING)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that go beyond it."""
        for line in check.metadata["beyond"]:
            output.print_error(line, bold=True)


def within(module: str, package: Any) -> bool:
    """Tell whether a module is a package or lies in it."""
    return module == package or module.startswith(f"{package}.")
