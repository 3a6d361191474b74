// What the foot of the window says about a link (WCAG 2.2, 1.4.13): a pointer that leaves the link
// has time to reach it, and Escape hides it. Without this script it is still shown.

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
  // A finger does not point at links, but follows them.
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

// The text at the foot belongs to the link, but a click on it is not meant to follow the link.
document.addEventListener("click", (event) => {
  const boxes = [...(linkOf(event)?.getClientRects() ?? [])];
  const { clientX: x, clientY: y, detail } = event;
  const isIn = (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  // When a link is followed with the keyboard, the click count is 0.
  if (detail > 0 && boxes.length > 0 && !boxes.some(isIn)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const shown = document.querySelectorAll("[data-about]:is(:hover, :focus-visible)");
  for (const link of shown) link.setAttribute("data-silent", "");
  tell(null);
});
