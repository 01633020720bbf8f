"""Words that every other room uses: identifiers, refusals, purposes. Pure, imports nothing."""
