"""What did the person type: words, phrases, exclusions, filters, and a better spelling of it?"""
