"""What printkit takes in time, memory and bytes, beside rivals measured in the same run."""
