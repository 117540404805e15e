"""The site: settings, addresses and deployment. It knows nothing of twinning."""
