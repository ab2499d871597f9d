"""What has ever been said and solved, and what changed since?"""
