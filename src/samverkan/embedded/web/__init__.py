"""The one page of a demo that belongs to no party."""
