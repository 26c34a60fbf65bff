"""The pages of shipping and receiving, and their documents."""
