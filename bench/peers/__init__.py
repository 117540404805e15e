"""What is measured side by side: each starts one server, on one core."""
