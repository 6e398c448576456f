"""What stands beside the sheets: manifests for machines, packing lists for people."""
