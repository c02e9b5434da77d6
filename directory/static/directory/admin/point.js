// The map of a listing's point: what wagtail-geo-widget's Leaflet field lacks.
// A classic script: it changes the library's prototype before the library makes the map.
(function () {
  const fields = new WeakMap();
  const { setup, setMapPosition, writeLocation, updateLatLng, parseStrToLatLng } =
    LeafletField.prototype;

  // A pin drawn by CSS: Leaflet's own images have other names once static files are hashed.
  L.Marker.prototype.options.icon = L.divIcon({
    className: "listing-pin-box",
    html: '<span class="listing-pin"></span>',
    iconSize: [32, 32],
    iconAnchor: [16, 38],
  });

  function box(field) {
    return field.mapEl[0].closest("[data-listing-point]");
  }

  function say(field, text) {
    box(field).querySelector("[data-said]").textContent = text;
  }

  function show(field) {
    const isSet = Boolean(field.sourceField.val());
    field.marker.setOpacity(isSet ? 1 : 0.35);
    if (!isSet) {
      field.latLngField.val("");
    }
  }

  function put(field, latLng) {
    field.setMapPosition(latLng);
    field.updateLatLng(latLng);
    field.writeLocation(latLng);
  }

  // An empty coordinates line is no place to go to.
  LeafletField.prototype.setMapPosition = function (latLng) {
    if (latLng) {
      setMapPosition.call(this, latLng);
    }
  };

  // The library stumbles over a text without a comma.
  LeafletField.prototype.parseStrToLatLng = function (text) {
    return text.includes(",") ? parseStrToLatLng.call(this, text) : null;
  };

  LeafletField.prototype.updateLatLng = function (latLng) {
    const short = (degrees) => Number(degrees).toFixed(6);
    updateLatLng.call(this, { lat: short(latLng.lat), lng: short(latLng.lng) });
  };

  LeafletField.prototype.writeLocation = function (latLng) {
    writeLocation.call(this, latLng);
    show(this);
    // Wagtail asks before leaving a page whose fields said that they changed.
    this.sourceField[0].dispatchEvent(new Event("change", { bubbles: true }));
  };

  LeafletField.prototype.setup = function () {
    setup.call(this);
    if (!box(this) || fields.has(box(this))) {
      return;
    }
    fields.set(box(this), this);
    this.latLngField.attr("aria-label", "Latitude, longitude");
    this.latLngField.attr("placeholder", "Latitude, longitude");
    this.latLngField.on("input", () => {
      if (!this.latLngField.val().trim()) {
        this.clearFieldMessage({ field: this.latLngField });
        clear(this);
      }
    });
    this.map.on("click", (event) => put(this, event.latlng));
    this.map.scrollWheelZoom.disable();
    show(this);
    box(this).querySelector("[data-find]").addEventListener("click", () => find(this));
    box(this).querySelector("[data-clear]").addEventListener("click", () => clear(this));
    new ResizeObserver(() => this.map.invalidateSize()).observe(this.mapEl[0]);
  };

  function clear(field) {
    field.sourceField.val("");
    field.sourceField[0].dispatchEvent(new Event("change", { bubbles: true }));
    show(field);
    say(field, "Aucun point : la fiche sera montrée au centre de sa commune.");
  }

  function typed(name) {
    return (document.getElementById(`id_${name}`)?.value || "").trim();
  }

  async function find(field) {
    const place = [typed("postal_code"), typed("commune").replace(/\s*\(\d{5}\)$/, "")];
    const address = [typed("street"), place.filter(Boolean).join(" ")].filter(Boolean).join(", ");
    say(field, "Recherche…");
    try {
      const url = `${box(field).dataset.listingPoint}?q=${encodeURIComponent(address)}`;
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (answer.error) {
        say(field, answer.error);
        return;
      }
      if (!answer.exact) {
        // A town hall is not the address: show where to look, and leave the pin to the volunteer.
        field.map.setView([answer.lat, answer.lng], 14);
        say(field, `${answer.note || `${answer.label}.`} Placez l’épingle d’un clic sur la carte.`.trim());
        return;
      }
      $("#id_street").trigger("searchGeocoded", L.latLng(answer.lat, answer.lng));
      say(field, `Trouvé : ${answer.label}. Vérifiez l’épingle, puis enregistrez.`);
    } catch {
      say(field, "La recherche ne répond pas. Placez l’épingle à la main.");
    }
  }
})();
