"""One file per report of the platform."""
