"""Files become documents here: one loader a format; `kgc.load.read.read` picks the one to use."""
