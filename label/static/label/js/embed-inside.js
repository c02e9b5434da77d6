/** Within a frame: tells the page around it how high the wall is. The number is no secret, so it
 * may go to any page; nothing is listened to. */
if (parent !== window) {
  const tell = () => parent.postMessage({ faitIciHauteur: document.body.getBoundingClientRect().height }, "*");
  new ResizeObserver(tell).observe(document.body);
}
