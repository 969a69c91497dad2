"""One file per list that a person keeps."""
