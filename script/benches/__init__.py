"""What script/bench measures: each figure beside a limit taken in the same run."""
