"""The start pages of sellers, cooperatives and the platform."""
