"""What the buttons of a form and of its preview ask for, sent as `faire`."""

SEE, PUBLISH, BACK = "voir", "publier", "reprendre"
