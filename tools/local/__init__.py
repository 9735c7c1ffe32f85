"""What back ends that run models on this machine have in common: the device, its memory, the weights."""
