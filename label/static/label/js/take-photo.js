/** The photo that was shared with the application waits with its worker
 * (templates/installed/worker.js): here it goes into the form's field, and nowhere else. */
const SHARED = "partage-1", PHOTO = "/photo";

class TakePhoto extends HTMLElement {
  async connectedCallback() {
    const field = this.closest("form").elements[this.dataset.field];
    const cache = "caches" in window ? await caches.open(SHARED) : null;
    const kept = await cache?.match(PHOTO);
    if (!kept || !field) return;
    const photo = await kept.blob();
    const files = new DataTransfer();
    files.items.add(new File([photo], `photo.${photo.type.split("/")[1] ?? "jpg"}`, { type: photo.type }));
    field.files = files.files;
    await cache.delete(PHOTO);
    this.hidden = false;
  }
}

customElements.define("take-photo", TakePhoto);
