"""TinyDB made durable: one plain JSON file, rewritten atomically under a lock."""
