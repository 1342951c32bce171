"""The machinery between a submission and its report."""
