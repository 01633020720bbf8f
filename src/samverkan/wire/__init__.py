"""What travels between parties and the hub. Frozen: a change of meaning is a new version."""
