"""Mutants of step 7: Following the links."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, INPUT, SQUARE_BACK

STEP_BACK = "x.grad = f.backward(self.grad)"
ADDED_UP = """gx = f.backward(self.grad)
            x.grad = gx if x.grad is None else x.grad + gx"""
ONLY_ONCE = f"""if x.grad is None:
                {STEP_BACK}"""
GO_ON = "            x.backward()\n"
ANY_VARIABLE = """if f is not None:
            x = f.input
            x.grad = f.backward(self.grad)
            x.backward()"""
BY_ANOTHER_FUNCTION = """def go_back(y, gy):
            if y.creator is not None:
                y.creator.input.grad = y.creator.backward(gy)
                go_back(y.creator.input, y.creator.input.grad)

        go_back(self, np.ones_like(self.data))"""
FROM_THE_CREATOR = "f = self.creator\n        " + ANY_VARIABLE
OLDER_FUNCTION = """class OlderFunction(Function):
    def __call__(self, input):
        self.input = input
        return Variable(self.forward(input.data))


class Square(OlderFunction):"""
LINK = "output.set_creator(self)"
OUTPUT = "        self.output = output\n"
NO_CREATOR = "self.creator = None"
SET_CREATOR = "self.creator = func"
MUTANTS = mutants(
    "step07",
    (
        "wraps-what-came-in",
        "output = Variable(y)",
        "output = Variable(x)",
        "backward_at_one_half",
        "result-already-wrong",
    ),
    ("no-creator-at-first", NO_CREATOR, "pass", "leaf_has_no_creator", "creator-not-there"),
    (
        "sets-the-input-s-creator",
        LINK,
        "input.set_creator(self)",
        "leaf_has_no_creator",
        "creator-of-the-input",
    ),
    ("keeps-the-creator-elsewhere", SET_CREATOR, "self.func = func", "set_creator"),
    (
        "compares-the-creator",
        SET_CREATOR,
        "self.creator == func",
        "set_creator",
        "set-creator-keeps-nothing",
    ),
    (
        "never-sets-the-creator",
        LINK,
        "pass",
        "result_knows_its_creator",
        "creator-not-linked",
    ),
    (
        "sets-the-input-as-creator",
        LINK,
        "output.set_creator(input)",
        "result_knows_its_creator",
        "creator-is-a-variable",
    ),
    (
        "call-forgets-return",
        "        return output\n",
        "",
        "output_is_kept result_knows_its_creator",
        "call-returns-nothing",
    ),
    ("keeps-no-output", OUTPUT, "", "output_is_kept", "output-not-kept"),
    (
        "keeps-by-another-name",
        OUTPUT,
        "        self.result = output\n",
        "output_is_kept",
        "output-not-kept",
    ),
    (
        "keeps-the-array",
        OUTPUT,
        "        self.output = y\n",
        "output_is_kept",
        "keeps-the-bare-output",
    ),
    (
        "keeps-a-copy-of-the-output",
        OUTPUT,
        "        self.output = Variable(y)\n",
        "output_is_kept",
        "keeps-another-output",
    ),
    (
        "shares-the-output",
        OUTPUT,
        "        Function.output = output\n",
        "output_is_kept",
        "shared-output",
    ),
    (
        "keeps-a-copy-of-the-input",
        INPUT,
        "self.input = Variable(input.data)",
        "links_lead_back",
        "keeps-another-input",
    ),
    (
        "keeps-the-data",
        INPUT,
        "self.input = input.data",
        "links_lead_back",
        "keeps-the-bare-input",
    ),
    ("shares-the-input", INPUT, "Function.input = input", "links_lead_back", "shared-input"),
    (
        "misspells-backward",
        "def backward(self):",
        "def bacward(self):",
        "backward_of_one_function",
        "no-backward",
    ),
    ("does-not-stop", "if f is not None:", "if True:", "backward_of_one_function", "no-end"),
    (
        "always-starts-from-ones",
        "f = self.creator\n",
        "f = self.creator\n        self.grad = np.ones_like(self.data)\n",
        "backward_of_one_function",
        "starts-from-ones",
    ),
    (
        "passes-ones-on",
        STEP_BACK,
        "x.grad = f.backward(np.ones_like(self.data))",
        "starts_from_the_given_gradient",
        "starts-from-ones",
    ),
    (
        "begins-with-ones",
        FROM_THE_CREATOR,
        BY_ANOTHER_FUNCTION,
        "starts_from_the_given_gradient",
        "starts-from-ones",
    ),
    (
        "overwrites-its-own-grad",
        STEP_BACK,
        "self.grad = f.backward(self.grad)",
        "backward_of_one_function",
        "gradient-not-stored",
    ),
    (
        "stores-no-grad",
        STEP_BACK,
        "f.backward(self.grad)",
        "backward_of_one_function",
        "gradient-not-stored",
    ),
    (
        "does-nothing",
        FROM_THE_CREATOR,
        "pass",
        "backward_of_one_function",
        "gradient-not-stored",
    ),
    (
        "passes-the-input-s-grad",
        STEP_BACK,
        "x.grad = f.backward(x.grad)",
        "backward_of_one_function",
        "passes-an-empty-grad",
    ),
    (
        "passes-nothing",
        STEP_BACK,
        "x.grad = f.backward()",
        "backward_of_one_function",
        "passes-no-gradient",
    ),
    (
        "passes-the-data",
        STEP_BACK,
        "x.grad = f.backward(self.data)",
        "backward_of_one_function",
        "passes-the-data",
    ),
    (
        "follows-the-output",
        "x = f.input\n",
        "x = f.output\n",
        "backward_of_one_function",
        "goes-in-circles",
    ),
    (
        "goes-on-from-itself",
        GO_ON,
        "            self.backward()\n",
        "backward_of_one_function",
        "goes-in-circles",
    ),
    (
        "uses-up-grad",
        STEP_BACK,
        STEP_BACK + "\n            self.grad = None",
        "gradients_on_the_way",
        "clears-the-gradient",
    ),
    ("stops-after-one", GO_ON, "", "gradients_on_the_way", "stops-after-one"),
    ("adds-up", STEP_BACK, ADDED_UP, "backward_again", "adds-up"),
    ("stores-only-once", STEP_BACK, ONLY_ONCE, "backward_again", "keeps-the-first"),
    (
        "square-forgets-gy",
        SQUARE_BACK,
        "return 2 * x",
        "backward_at_one_half",
        "forgot-gy",
    ),
    (
        "exp-forgets-gy",
        EXP_BACK,
        "return np.exp(x)",
        "backward_at_one_half",
        "forgot-gy",
    ),
    (
        "square-keeps-the-older-base",
        "class Square(Function):",
        OLDER_FUNCTION,
        "backward_at_one_half",
        "old-base",
    ),
)
