/** What moves on the page. Nothing does for those who asked for calm, and nothing where nobody looks. */
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const MOVE = { duration: 380, easing: 'cubic-bezier(.2, .7, .2, 1)' };
const LEAVE = { duration: 260, easing: 'ease-out', fill: 'forwards' };
const RUN_MS = 700;

const runs = new Map();
let frame = 0;

export const isStill = () => calm.matches || document.hidden;

/**
 * Remembers where elements are, so that after a change of the document they glide from there (first, last, invert, play).
 * One that is still on its way goes on from where it is seen.
 */
export class Glide {
  #placeBy = new Map();

  constructor(elements) {
    if (isStill()) return;
    for (const element of elements) this.#placeBy.set(element, element.getBoundingClientRect());
  }

  play() {
    const moves = [];
    for (const [element, from] of this.#placeBy) {
      if (!element.isConnected) continue;
      for (const animation of element.getAnimations()) if (animation.id === 'glide') animation.cancel();
      const to = element.getBoundingClientRect();
      if (seen(from) || seen(to)) moves.push([element, from.left - to.left, from.top - to.top]);
    }
    // All are measured before any is moved: one layout, not one for each.
    for (const [element, x, y] of moves) {
      if (Math.abs(x) + Math.abs(y) < 1) continue;
      element.animate({ transform: [`translate(${x}px, ${y}px)`, 'none'] }, { ...MOVE, id: 'glide' });
    }
  }
}

const seen = (place) => place.bottom > -100 && place.top < innerHeight + 100;

/** Takes elements out of the flow where they stand, lets them fade, and removes them. */
export function fade(elements) {
  const leaving = elements.filter((element) => !isStill() && seen(element.getBoundingClientRect()));
  const places = leaving.map(({ offsetLeft, offsetTop, offsetWidth }) => [offsetLeft, offsetTop, offsetWidth]);
  for (const element of elements) if (!leaving.includes(element)) element.remove();
  leaving.forEach((element, i) => {
    const [left, top, width] = places[i].map((length) => length + 'px');
    Object.assign(element.style, { position: 'absolute', left, top, width, zIndex: -1, pointerEvents: 'none' });
    element.inert = true;
    element.setAttribute('aria-hidden', 'true');
    element.parentElement.append(element);
    const remove = () => element.remove();
    element.animate({ opacity: [1, 0], scale: ['1', '.94'] }, LEAVE).finished.then(remove, remove);
  });
}

export function arrive(element) {
  if (!isStill()) element.animate({ opacity: [0, 1], scale: ['.96', '1'] }, { ...MOVE, composite: 'add' });
}

export function beat(element) {
  if (!isStill()) element.animate({ scale: ['1', '1.3', '1'] }, { duration: 260, easing: 'ease-out' });
}

/** Lets a number run to its new value. `print` makes the text of it. */
export function run(element, value, print) {
  const now = performance.now();
  const at = runs.get(element);
  const shown = at ? valueAt(at, now) : Number(element.dataset.value ?? value);
  element.dataset.value = value;
  if (shown === value || isStill()) {
    runs.delete(element);
    element.textContent = print(value);
    return;
  }
  runs.set(element, { from: shown, to: value, since: now, print });
  frame ||= requestAnimationFrame(step);
}

function step(now) {
  for (const [element, at] of runs) {
    const text = at.print(valueAt(at, now));
    if (element.textContent !== text) element.textContent = text;
    if (now - at.since >= RUN_MS || !element.isConnected) runs.delete(element);
  }
  frame = runs.size > 0 ? requestAnimationFrame(step) : 0;
}

function valueAt({ from, to, since }, now) {
  const part = Math.min(1, Math.max(0, (now - since) / RUN_MS));
  return Math.round(from + (to - from) * (1 - (1 - part) ** 3));
}
