"""How Whoosh writes our segments, so that its own tests can prove the codec that reads them."""
