"""What a press release says: read from its text, with the evidence for each fact. It proposes, a person decides."""
