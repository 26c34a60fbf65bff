"""Organisations: cooperatives, the sellers who are their members, buyer companies and their places of delivery."""
