"""Tests of the rules files."""
