"""What a request asks for: the state in its address, both clocks, the filters of a list."""
