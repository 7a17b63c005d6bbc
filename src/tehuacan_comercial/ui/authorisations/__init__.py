"""Ask for what somebody else decides, and decide: sheets, inbox, watch, radar, delegations."""
