"""People: jointed figures with faces, hair, wardrobe and poses, and the hands of whoever wears a camera."""
