"""From files to results and problems: each kind of document read, resolved, decided, checked."""
