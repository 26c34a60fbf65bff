"""Invoices for what was accepted, and their payment."""
