"""What the dashboard shows, as plain records: computed here, tested without a browser, drawn by `dashboards/`."""
