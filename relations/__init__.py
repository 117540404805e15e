"""The domain: places, partnerships, agreements and events, and how they are read."""
