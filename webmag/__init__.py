"""Web magazines: what volunteer contributors write, and what their editors publish."""
