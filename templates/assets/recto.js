// What the window says about a link (WCAG 2.2, 1.4.13): a pointer that leaves the link has time to
// reach the text, Escape hides it, a finger that rests on the link shows it, and it never covers the
// link. Without this script it is still shown at the foot.

const PAUSE = 1000; // milliseconds before the text goes
const HOLD = 400; // milliseconds after which a finger rests on a link

const SMALL = matchMedia("(max-width: 30rem), (max-height: 30rem)");

const linkOf = (event) => event.target.closest?.("[data-about]");
let told = null;
let leaving;
let resting;
let isHeld = false;

// The text is at the foot, or at the head when the link is where it would be.
const place = (link) => {
  const limit = SMALL.matches ? 0.6 * innerHeight : innerHeight - 64;
  link.toggleAttribute("data-low", link.getBoundingClientRect().bottom > limit);
};

// The text belongs to the link, but is not on it.
const isOn = (link, { clientX: x, clientY: y }) =>
  [...link.getClientRects()].some(
    (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom,
  );

const tell = (link) => {
  clearTimeout(leaving);
  told?.removeAttribute("data-told");
  told = link;
  if (!told) return;
  place(told);
  told.setAttribute("data-told", "");
};

document.addEventListener("pointerover", (event) => {
  const link = linkOf(event);
  // A finger does not point at links, but follows them or rests on them.
  if (link && event.pointerType !== "touch" && !link.hasAttribute("data-silent")) tell(link);
});

document.addEventListener("pointerout", (event) => {
  const link = linkOf(event);
  if (!link || event.pointerType === "touch" || link.contains(event.relatedTarget)) return;
  link.removeAttribute("data-silent");
  clearTimeout(leaving);
  leaving = setTimeout(tell, PAUSE, null);
});

document.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "touch") return;
  const link = linkOf(event);
  isHeld = false;
  clearTimeout(resting);
  if (link && isOn(link, event)) link.removeAttribute("data-silent");
  // A tap on the text hides it, as one elsewhere does.
  if (link && !isOn(link, event)) link.setAttribute("data-silent", "");
  if (link !== told || link?.hasAttribute("data-silent")) tell(null);
  if (!link || link.hasAttribute("data-silent")) return;
  resting = setTimeout(() => {
    isHeld = true;
    tell(link);
  }, HOLD);
});

for (const end of ["pointerup", "pointercancel", "contextmenu"]) {
  document.addEventListener(end, () => {
    clearTimeout(resting);
    // No click follows these, which would end it.
    if (end !== "pointerup") isHeld = false;
  });
}

document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link) place(link);
});

// A link that gets the focus is scrolled into the window after that.
document.addEventListener(
  "scroll",
  () => {
    const link = told ?? document.activeElement?.closest("[data-about]");
    if (link) place(link);
  },
  { passive: true },
);

document.addEventListener("focusout", (event) => linkOf(event)?.removeAttribute("data-silent"));

// Neither a click on the text nor a finger that rests on the link is meant to follow the link.
document.addEventListener("click", (event) => {
  const link = linkOf(event);
  // When a link is followed with the keyboard, the click count is 0.
  const isBeside = link && event.detail > 0 && !isOn(link, event);
  if (isBeside || (link && isHeld)) event.preventDefault();
  isHeld = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const shown = document.querySelectorAll("[data-about]:is(:hover, :focus-visible)");
  for (const link of shown) link.setAttribute("data-silent", "");
  tell(null);
});
