"""What does kbsearch find, how fast is it, and what does it take, compared with other systems?"""
