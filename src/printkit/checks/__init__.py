"""What printkit knows of its own sheets: each check a function, each rule with its reason."""
