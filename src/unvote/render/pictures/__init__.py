"""Pictures of a vote as SVG: a board, a horseshoe, a bar, a world map, a grid of tiles."""
