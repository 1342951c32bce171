"""Mutants of step 1: Variables as boxes."""

from mutants.mutant import mutants

KEEP = "self.data = data"
PROPERTY = """self._data = data

    @property
    def data(self):
        return self._data"""
MUTANTS = mutants(
    "step01",
    (
        "turns-the-data-into-a-float",
        KEEP,
        "self.data = float(data)",
        "keeps_an_array",
    ),
    (
        "turns-the-data-into-a-list",
        KEEP,
        "self.data = data.tolist()",
        "keeps_an_array",
    ),
    (
        "turns-integers-into-floats",
        KEEP,
        "self.data = data * 1.0",
        "keeps_the_dimensions",
    ),
    (
        "makes-1-d-of-0-d",
        KEEP,
        "self.data = np.atleast_1d(data)",
        "keeps_a_number",
    ),
    ("copies-the-data", KEEP, "self.data = np.array(data)", "holds_the_very_array"),
    ("shares-the-data", KEEP, "Variable.data = data", "two_variables_are_independent"),
    (
        "makes-the-data-read-only",
        KEEP,
        PROPERTY,
        "data_can_be_replaced",
    ),
    ("forgets-self", KEEP, "data = data", "keeps_a_number"),
)
