"""Who is here and whose money it is: accounts, organisations, membership, ledger, payments.

The modules directly in this package are the ground floor that everything stands on: settings, database,
errors, money, tax, time, jobs, files, mail, audit.
"""
