"""A party's store: repositories and the unit of work."""
