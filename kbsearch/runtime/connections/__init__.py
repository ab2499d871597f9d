"""What happens on a connection before the application has a request, and after its answer?"""
