"""Numbers of people, in every form that they are written."""
