"""The calculator page: one vote as a page of HTML whose script decides as the engine does."""
