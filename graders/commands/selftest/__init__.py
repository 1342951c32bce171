"""Whether the suites are airtight: they are run on what they must catch and must not."""
