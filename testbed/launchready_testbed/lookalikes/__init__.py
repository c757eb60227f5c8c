"""What can be switched on that is sound but looks wrong? One folder per row of the scorecard, one file each."""
