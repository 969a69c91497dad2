"""Tests of the desk: who may, what is kept, how findings live."""
