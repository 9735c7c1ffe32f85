"""Sitting with one episode and changing it in words."""
