"""The demo: cooperatives, sellers, factories, goods and orders, made up for showing Pasok.

What it contains lies in `content/` as TOML and is read by `reading.py`. `load.py` makes a diary of it and lets it
happen, deed by deed and each at its moment, through the operations that people use: `founding.py` tells of
organisations and people, `shelves.py` of products, `stories.py` of orders. `bulk.py` makes many products for load
tests, `emptying.py` takes everything out again. Nothing here is needed in production.
"""
