"""From a press release to drafts: the desk reads it and proposes, an editor decides."""
