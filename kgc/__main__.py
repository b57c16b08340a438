"""`python -m kgc` is `kgc`."""

from kgc.cli import main

if __name__ == "__main__":
    main()
