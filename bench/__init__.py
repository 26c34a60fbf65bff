"""How fast Pasok is beside what it is built on, measured in the same run on the same machine.

A ratio says what Pasok itself adds; it means the same on a slow machine and a fast one, and milliseconds do not.
"""
