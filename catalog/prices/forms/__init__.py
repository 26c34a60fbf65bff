"""The forms of prices."""
