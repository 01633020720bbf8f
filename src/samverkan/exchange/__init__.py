"""ROLE: sees indexes, locked bundles and sealed mail. Processing on the agencies' behalf (GDPR 28)."""
