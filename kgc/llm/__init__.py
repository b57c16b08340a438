"""Questions to models: what is asked (turns), who answers (models), and the driver that runs thousands at once."""
