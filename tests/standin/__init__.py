"""A web on this machine: the ministries' sites as they are laid out, and traps. No test asks the internet."""
