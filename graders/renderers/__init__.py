"""One report, many ways to show it.  A renderer computes nothing."""
