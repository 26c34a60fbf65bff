"""How much a file may hold. What is beyond is refused in a sentence, before memory is spent on it."""

MAX_BYTES = 50 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 200

ROWS_ABOVE_HEADING = 10
"""Among so many rows the heading is looked for: titles and dates often stand above it."""

LONGEST_ROW = 2**18
"""Letters in one row of a text file, which may go over several lines."""

LONGEST_CELL = 32_767
"""Letters, as in Excel."""

UNFOLDED_BYTES = 400 * 2**20
"""A workbook is compressed; so much may come out of it."""

UNFOLDING_RATIO = 100
"""Real sheets shrink to a tenth; what shrinks to less than a hundredth was made to do harm."""

HARMLESS_BYTES = 16 * 2**20
"""A part of a workbook that is no larger than this may shrink as it likes."""

MOST_PARTS = 1000
"""Files within a workbook."""

UNFOLDING_MEMORY = 640 * 2**20
"""Bytes of address space for the process that unfolds a workbook."""

UNFOLDING_SECONDS = 60
"""Of the processor's time, for the same process."""
