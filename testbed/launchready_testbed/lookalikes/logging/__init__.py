"""What is sound in logs and only looks wrong."""
