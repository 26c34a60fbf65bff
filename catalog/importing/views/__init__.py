"""The pages on which products come and go as files: for sellers, and for cooperatives on their behalf."""
