// Reloads the page when what it shows has changed. `recto serve` adds this to each page;
// `recto build` does not.
"use strict";
(() => {
  const { version, shows } = document.currentScript.dataset;
  const LAST_GOOD = "/_recto/last-good";
  const isLastGood = shows === "last-good";
  const path = isLastGood ? location.pathname.slice(LAST_GOOD.length) : location.pathname;
  const place = "recto " + path;

  // Browsers keep the scroll position of a reloaded page, but not when mistakes were shown instead.
  const keepPlace = () => {
    if (shows === "mistakes") return;
    try {
      sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    } catch {
      // Without storage the page begins at its top.
    }
  };
  const takePlace = () => {
    if (shows === "mistakes") return;
    try {
      const kept = sessionStorage.getItem(place);
      if (!kept) return;
      sessionStorage.removeItem(place);
      const [left, top] = JSON.parse(kept);
      const go = () => scrollTo({ left, top, behavior: "instant" });
      // The browser also remembers the scroll position of the mistakes, and must not go there.
      history.scrollRestoration = "manual";
      addEventListener("pagehide", () => {
        history.scrollRestoration = "auto";
      });
      go();
      // Pictures may have made the page longer.
      addEventListener("load", go);
    } catch {
      // As above.
    }
  };

  let events;
  const follow = () => {
    events = new EventSource("/_recto/events");
    events.onmessage = ({ data }) => {
      const now = JSON.parse(data);
      if (now.version === version || (isLastGood && now.mistakes)) return;
      events.close();
      keepPlace();
      if (isLastGood) location.replace(path + location.search + location.hash);
      else location.reload();
    };
  };
  // A browser has at most six connections to a host, and an author may have more tabs.
  const followIfSeen = () => {
    events?.close();
    if (!document.hidden) follow();
  };
  document.addEventListener("visibilitychange", followIfSeen);

  if (isLastGood) {
    const back = document.createElement("a");
    back.href = path;
    back.textContent = "This is the last good page. Show the mistakes";
    back.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:9999;padding:.6rem 1rem;font:600 1rem/1.4 sans-serif;" +
      "text-align:center;color:#fff;background:#8a1515;text-decoration:underline";
    document.body.append(back);
  }
  takePlace();
  followIfSeen();
})();
