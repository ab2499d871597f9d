"""What a person is told: codes with parameters, and the sentences for them."""
