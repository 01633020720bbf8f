"""ROLE: one party (an agency, or an independent branch of it). The only role with persons' data."""
