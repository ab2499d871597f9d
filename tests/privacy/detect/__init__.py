"""Each kind of personal data, in every form that people write it."""
