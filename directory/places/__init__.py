"""Communes, their names and contours, addresses, and little maps."""
