"""The office's law: functions of values, standard library only."""
