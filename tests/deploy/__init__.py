"""What `deploy/` holds is started here, on loopback, where its program is installed."""
