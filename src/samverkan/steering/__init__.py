"""The steering role: bodies, decisions, operations, sums. No person's data, and no accounts.

Officers act in their own node, which sends commands; what steering accepts becomes an event in
its log and reaches the parties concerned as their feed (ADR 5).
"""
