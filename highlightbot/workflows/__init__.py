"""What the program does, one verb a module, on ports alone."""
