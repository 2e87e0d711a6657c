"""Documents in: reading of files and pages. Knows nothing of facts, databases or Prefect."""
