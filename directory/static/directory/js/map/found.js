/** What answers to a search, from whatever is here: our tiles, the server's search, the page's list. */
import { Answers } from "./answers.js";
import { inBox, matching, needsServer } from "./filters.js";
import { Tiles } from "./tiles.js";

const filtered = (criteria) => Boolean(criteria.category || criteria.open || criteria.label);

/** Holds tiles and answers, and puts them together without asking anybody. */
export class Found {
  constructor(table) {
    Object.assign(this, { table, tiles: new Tiles(), answers: new Answers(), served: new Set(), onPage: [] });
    this.tiled = null;
    this.answered = null;
  }

  /** Fetch the tiles of a box and, where a pin cannot tell, the server's answer. */
  async load(criteria, box, zoom, signal) {
    const asks = needsServer(criteria);
    const tiles = this.tiles.within(box, zoom, signal);
    const answer = asks ? this.answers.find(criteria, false, signal) : null;
    // Either may fail: what the other brought is shown.
    answer?.catch(() => {});
    this.tiled = await tiles;
    const narrow = !asks && !this.tiled.complete && filtered(criteria);
    this.answered = await (narrow ? this.answers.find(criteria, true, signal) : answer);
    this.answeredTo = this.answered && this.key(criteria);
    this.failed = false;
  }

  /** Whether something must be fetched; `elsewhere`: because the map shows another piece. */
  lacks(criteria, elsewhere = false) {
    if (!this.tiled) return true;
    const asks = needsServer(criteria) || (!this.tiled.complete && filtered(criteria));
    if (asks && this.answeredTo !== this.key(criteria)) return true;
    return elsewhere && !this.tiled.complete;
  }

  /** An answer that holds everything stays good whatever the filters are. */
  key(criteria) {
    const words = this.answers.words(criteria).toString();
    return this.answered?.all && needsServer(criteria) ? words : words + this.answers.everything(criteria);
  }

  /** {pins, clusters} for a search; the page's own list until ours is here. */
  answering(criteria) {
    if (!this.tiled) return { pins: this.onPage, clusters: [] };
    const options = { table: this.table, served: this.served };
    if (!needsServer(criteria) && (this.tiled.complete || !filtered(criteria))) {
      const { pins, clusters } = this.tiled;
      const here = criteria.box ? clusters.filter((one) => inBox(criteria.box, one)) : clusters;
      return { pins: matching(pins, criteria, options), clusters: here };
    }
    const known = new Map(this.tiled.pins.map((pin) => [pin.slug, pin]));
    if (!this.answered) return { pins: this.onPage.map((pin) => known.get(pin.slug) ?? pin), clusters: [] };
    const pins = this.answered.pins.map((pin) => known.get(pin.slug) ?? pin);
    const all = this.answered.all && this.tiled.complete;
    return { pins: all ? matching(pins, criteria, options) : pins, clusters: [] };
  }

  /** What should be said beside the map, or "". */
  note() {
    if (this.failed) return "Seules les adresses de cette page de la liste sont sur la carte.";
    if (this.answered && !this.answered.all) return "Les 500 premières adresses : rapprochez-vous pour voir les autres.";
    return "";
  }
}
