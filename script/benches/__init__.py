"""What script/bench measures: each figure beside a limit taken in the same run."""

PASSWORD = "agua-limpia-2026"  # noqa: S105 - of people who exist for the length of a run
