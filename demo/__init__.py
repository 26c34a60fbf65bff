"""The demo: cooperatives, sellers, factories, goods and orders, made up for showing Pasok.

What the demo contains lies in `content/` as TOML and is read by `reading.py`; nothing here is needed in production.
"""
