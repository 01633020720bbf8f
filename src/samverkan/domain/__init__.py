"""Pure rules, in the order in which the data flows. No I/O, clock or randomness."""
