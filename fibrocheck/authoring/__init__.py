"""What content editors do with a questions.yaml: the commands `fibrocheck content …`."""
