"""Issuing invoices and having them paid."""
