"""What the trial of the distributed system is made of."""
