"""What all pages and all API calls share."""
