"""The tests of the Python package. They talk to simulated providers over real HTTP, on this machine."""
