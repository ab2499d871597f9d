"""How does an index lie on a disk, and how does a process read and change it?"""
