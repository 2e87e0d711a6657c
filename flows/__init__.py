"""Orchestration: the only package that sees all three stages."""
