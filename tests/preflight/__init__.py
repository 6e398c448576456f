"""Files that break one rule of preflight each, and good ones that almost do."""
