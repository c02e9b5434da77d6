"""What bin/bench runs: each operation beside its floor, in the same run on the same machine."""
