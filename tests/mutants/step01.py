"""Mutants of step 1: Variables as boxes."""

from mutants.mutant import mutants

INIT = "def __init__(self, data):"
KEEP = "self.data = data"
PROPERTY = """self._data = data

    @property
    def data(self):
        return self._data"""
DEAF_SETTER = (
    PROPERTY
    + """

    @data.setter
    def data(self, data):
        pass"""
)
MUTANTS = mutants(
    "step01",
    ("forgets-self", KEEP, "data = data", "keeps_a_number", "no-data"),
    ("calls-it-value", KEEP, "self.value = data", "keeps_a_number", "no-data"),
    ("compares", KEEP, "self.data == data", "keeps_a_number", "no-data"),
    ("misspells-init", INIT, "def __inint__(self, data):", "keeps_a_number", "init-misnamed"),
    ("takes-no-self", INIT, "def __init__(data):", "keeps_a_number", "init-takes-too-little"),
    ("takes-no-data", INIT, "def __init__(self):", "keeps_a_number", "init-takes-too-little"),
    ("returns-the-data", KEEP, "return data", "keeps_a_number", "init-returns"),
    (
        "cuts-decimals-off",
        KEEP,
        "self.data = int(data)",
        "keeps_a_number",
        "changes-the-numbers",
    ),
    (
        "turns-into-integers",
        KEEP,
        "self.data = data.astype(int)",
        "keeps_a_number",
        "changes-the-numbers",
    ),
    (
        "turns-into-single-precision",
        KEEP,
        "self.data = np.array(data, dtype=np.float32)",
        "keeps_a_number",
        "changes-the-numbers",
    ),
    (
        "makes-1-d-of-0-d",
        KEEP,
        "self.data = np.atleast_1d(data)",
        "keeps_a_number",
        "another-dimension",
    ),
    ("flattens", KEEP, "self.data = data.flatten()", "keeps_a_number", "another-dimension"),
    ("wraps-in-a-list", KEEP, "self.data = [data]", "keeps_a_number", "another-dimension"),
    (
        "turns-into-nested-lists",
        KEEP,
        "self.data = data.tolist()",
        "keeps_an_array",
        "becomes-a-list",
    ),
    ("turns-into-a-list", KEEP, "self.data = list(data)", "keeps_a_number", "becomes-a-list"),
    (
        "turns-into-a-float",
        KEEP,
        "self.data = float(data)",
        "keeps_an_array",
        "becomes-a-float",
    ),
    ("takes-one-item", KEEP, "self.data = data.item()", "keeps_an_array", "becomes-a-float"),
    (
        "turns-integers-into-floats",
        KEEP,
        "self.data = data * 1.0",
        "keeps_the_dimensions",
        "unwraps-a-number",
    ),
    (
        "unwraps-a-number",
        KEEP,
        "self.data = data if data.ndim else data.item()",
        "keeps_the_dimensions",
        "unwraps-a-number",
    ),
    (
        "copies-the-data",
        KEEP,
        "self.data = np.array(data)",
        "holds_the_very_array",
        "keeps-a-copy",
    ),
    (
        "makes-all-floats",
        KEEP,
        "self.data = np.asarray(data, dtype=np.float64)",
        "holds_the_very_array",
        "keeps-a-copy",
    ),
    (
        "shares-the-data",
        KEEP,
        "Variable.data = data",
        "two_variables_are_independent",
        "shared-data",
    ),
    ("makes-the-data-read-only", KEEP, PROPERTY, "data_can_be_replaced", "read-only"),
    ("ignores-new-data", KEEP, DEAF_SETTER, "data_can_be_replaced", "read-only"),
)
