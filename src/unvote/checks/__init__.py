"""From documents and outcomes to problems of substance: what is readable but cannot be right."""
