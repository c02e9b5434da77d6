// Before the first paint: only where scripts run is room kept for what needs them.
document.documentElement.classList.add("scripted");
