"""The stations of the chain, each as one act of a named officer on a user's own data folder.

They go through the use cases that the pages call, under the officer's own mandate, and hold the
folder while they work. Each act is one transaction: refused, it leaves its refusal in the ledger
and nothing else.
"""
