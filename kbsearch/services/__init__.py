"""What may a person do with the knowledge base: one module each for what people come to do."""
