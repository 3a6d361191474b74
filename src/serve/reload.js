// Loads the page again when the site has changed, and keeps its place. Recto puts it into the pages
// that `recto serve` shows, and into no other.
(() => {
  const version = new URL(document.currentScript.src).searchParams.get("v");
  const place = "recto:" + location.pathname;
  const isMistakes = document.body.hasAttribute("data-mistakes");
  const saved = sessionStorage.getItem(place);
  if (saved !== null && !isMistakes) {
    sessionStorage.removeItem(place);
    addEventListener("load", () => scrollTo(0, Number(saved)));
  }
  const changes = new EventSource("/_recto/events");
  changes.addEventListener("message", (event) => {
    if (event.data === version) return;
    changes.close();
    if (!isMistakes) sessionStorage.setItem(place, String(scrollY));
    const to = new URL(location.href);
    to.searchParams.delete("last-good");
    if (to.href === location.href) location.reload();
    else location.replace(to);
  });
})();
