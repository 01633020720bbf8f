"""The exchange's store."""
