// What the foot of the window tells of a link (WCAG 2.2, 1.4.13): a pointer that leaves the link has
// the time to reach it, and Escape takes it away. Without this script it is told all the same.

const PAUSE = 1000; // milliseconds

const linkOf = (event) => event.target.closest?.("[data-about]");
let told = null;
let leaving;

const tell = (link) => {
  clearTimeout(leaving);
  told?.removeAttribute("data-told");
  told = link;
  told?.setAttribute("data-told", "");
};

document.addEventListener("pointerover", (event) => {
  const link = linkOf(event);
  // What a finger touches is not pointed at, but followed.
  if (link && event.pointerType !== "touch" && !link.hasAttribute("data-silent")) tell(link);
});

document.addEventListener("pointerout", (event) => {
  const link = linkOf(event);
  if (!link || link.contains(event.relatedTarget)) return;
  link.removeAttribute("data-silent");
  clearTimeout(leaving);
  leaving = setTimeout(tell, PAUSE, null);
});

document.addEventListener("focusout", (event) => linkOf(event)?.removeAttribute("data-silent"));

// What is told belongs to the link, but whoever reads it does not mean to follow it.
document.addEventListener("click", (event) => {
  const boxes = [...(linkOf(event)?.getClientRects() ?? [])];
  const { clientX: x, clientY: y, detail } = event;
  const isIn = (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  // The keyboard follows a link with a click that counts none of the mouse.
  if (detail > 0 && boxes.length > 0 && !boxes.some(isIn)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const shown = document.querySelectorAll("[data-about]:is(:hover, :focus-visible)");
  for (const link of shown) link.setAttribute("data-silent", "");
  tell(null);
});
