"""Who reaches what: requests learned from everybody's walk, asked again as somebody else, and judged by content."""
