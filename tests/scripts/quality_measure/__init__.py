"""Do the pure parts of scripts/quality read, score and pool as they say they do?"""
