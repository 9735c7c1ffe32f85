"""WITH WHAT: everything that touches network, GPU, ffmpeg or media on disk."""
